"""Parties and ways of newer programs: whatever their roles, codes and facts are, they survive all that happens here."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from desktop.domain.cases.payments.way import WAY_FIELDS
from desktop.domain.cases.people.party import PARTY_FIELDS
from desktop.domain.ids import CaseId
from desktop.domain.progress import SILENT
from desktop.domain.records.record_family import LONGEST
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import CASE_AMENDED
from desktop.services.cases.changes.amend_case import form_of
from desktop.services.cases.changes.merge_cases import merge_cases, whole_file
from desktop.services.cases.changes.register_report import register_report, unrecorded
from desktop.services.cases.form.report_document import document_of
from desktop.services.cases.mask_document import masked_document
from desktop.services.health import check_health
from desktop.services.look_up import case_file, history
from desktop.services.papers.paper_facts import paper_facts
from desktop.services.session import Session
from tests.documents.making import new_papers
from tests.support.sessions import a_form
from tests.support.stations import Station
from tests.support.sweep import examples

PAPERS = new_papers()
FORMS = ("acceptance_register", "statement", "return_report")
CODE = st.text("abcdefghijklmnopqrstuvwxyz_0123456789", min_size=1, max_size=12)
FACT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12)


def facts(rows: tuple[str, ...], coded: str) -> st.SearchStrategy[dict[str, str]]:
    """A code nobody knows, any of the known facts, and some of a newer program."""
    known = st.dictionaries(st.sampled_from(rows), FACT, max_size=5)
    newer = st.dictionaries(CODE.map(lambda name: f"x_{name}"), FACT, max_size=3)
    return st.builds(
        lambda code, *more: {**more[0], **more[1], coded: f"z{code}"}, CODE, known, newer
    )


PARTY = facts(tuple(row.key for row in PARTY_FIELDS.rows), "role")
WAY = facts(tuple(row.key for row in WAY_FIELDS.rows), "kind")


@settings(
    max_examples=examples(5),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    phases=(Phase.explicit, Phase.generate),  # an example takes seconds,
)
@given(PARTY, WAY)
def test_any_role_and_way_survive_amending_merging_carrying_and_printing(
    station: Station, party: dict[str, str], way: dict[str, str]
) -> None:
    a, b, centre = station.all
    case = register_report(a, a_form(a)).case
    (paid,) = case_file(a, case).transfers
    news = {f"answer.party.zz.{key}": value for key, value in party.items()}
    news |= {f"answer.way.{paid.id}.{key}": value for key, value in way.items()}
    with a.store.write() as transaction:
        transaction.append(a.officer.number, NewEntry(CASE_AMENDED, f"case/{case}", dict(news)))
    station.until_rest()
    form = form_of(b, case)
    assert not unrecorded(b, form), "opening it changes nothing"
    register_report(b, replace(form, narrative="另说一遍"))
    other = register_report(b, a_form(b, "马强")).case
    merge_cases(b, other, case, "同一事件")
    station.until_rest()
    for session in (a, b, centre):
        _expect(session, case, news)
        whole, _ = whole_file(session, other)
        assert party["role"] in {item.role for item in whole.case.parties}
        assert way["kind"] in {item.way.kind for item in whole.transfers}
        assert not check_health(session, SILENT)
    document = masked_document(document_of(case_file(a, case)))
    assert way["kind"] in str(document)
    for name in FORMS:
        PAPERS.render(name, paper_facts(a, case))


def _expect(session: Session, case: CaseId, news: dict[str, str]) -> None:
    file = case_file(session, case)
    (held,) = (item for item in file.case.parties if item.id == "zz")
    current = {name: value for row in history(session, case) for name, value in row.fields}
    assert {name: current[name] for name in news} == news
    for row in PARTY_FIELDS.rows:
        written = news.get(f"answer.party.zz.{row.key}", "")[:LONGEST]
        assert getattr(held, row.attribute) == (
            written or getattr(type(held)(held.id), row.attribute)
        )

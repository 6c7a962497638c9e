"""Papers: a draft follows the case, a signed one stays what it was, and no wording is ever lost."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.domain.case_file.views import HistoryRow
from desktop.domain.errors import AppError, RuleError, UserInputError
from desktop.domain.ids import CaseId, PaperId
from desktop.domain.installation.officer import Officer, Role
from desktop.domain.papers.paper import MAX_TEXT, Paper, PaperState
from desktop.domain.progress import SILENT
from desktop.services.cases.changes.amend_case import form_of
from desktop.services.cases.changes.merge_cases import merge_cases
from desktop.services.cases.changes.register_report import register_report
from desktop.services.exchange.peers.trust import own_card
from desktop.services.health import check_health
from desktop.services.look_up import case_file, history
from desktop.services.papers.draft_paper import draft_paper, edit_paper
from desktop.services.papers.draw_form import draw_form
from desktop.services.papers.note_print import PrintRun, note_print, note_saved
from desktop.services.papers.paper_facts import paper_facts
from desktop.services.papers.read_paper import facts_for, read_paper
from desktop.services.papers.replace_paper import replace_paper, withdraw_paper
from desktop.services.papers.show_paper import Difference, differences, preview_paper, shown_texts
from desktop.services.papers.sign_paper import sign_paper
from desktop.services.session import Session
from tests.support.ceremony import approve, trust_peer
from tests.support.journals import acquainted, length, replica, written
from tests.support.papers import empty_places
from tests.support.sealed_files import sealed_file
from tests.support.sessions import Seat, a_form

FORM = "receipt"
HOSTILE = "反\u202e转\u200b零宽 العربية 𠮷 \ufeff\n\t末"


@pytest.fixture
def case(session: Session) -> CaseId:
    return register_report(session, a_form(session)).case


def rename(session: Session, case: CaseId, name: str) -> None:
    form = form_of(session, case)
    register_report(session, replace(form, victim=replace(form.victim, name=name)))


def one(session: Session, case: CaseId, paper: PaperId) -> Paper:
    return next(item for item in case_file(session, case).papers if item.id == paper)


def filled(session: Session, case: CaseId) -> Paper:
    paper = draft_paper(session, case, FORM)
    edit_paper(session, paper.id, {"contact": "0931-8888888"})
    return paper


@contextmanager
def refused(session: Session, code: str) -> Iterator[None]:
    before = length(session)
    with pytest.raises(AppError) as caught:
        yield
    assert caught.value.code == code
    assert length(session) == before, "a refusal records nothing"


def test_a_draft_follows_the_case_until_it_is_signed(session: Session, case: CaseId) -> None:
    paper = filled(session, case)
    rename(session, case, "李秀蘭")
    assert "李秀蘭" in preview_paper(session, paper.id).data.decode()
    signed = sign_paper(session, paper.id).signed
    assert signed is not None
    data = preview_paper(session, paper.id).data
    rename(session, case, "别人")
    assert preview_paper(session, paper.id).data == data
    found = one(session, case, paper.id)
    assert found.signed == signed
    assert differences(session, case_file(session, case), found) == (
        Difference("victim.name", "李秀蘭", "别人"),
    )
    assert check_health(session, SILENT) == ()


def test_what_the_form_does_not_place_changes_no_signed_paper(
    session: Session, case: CaseId, monkeypatch: pytest.MonkeyPatch
) -> None:
    paper = sign_paper(session, filled(session, case).id)
    template = replace(session.papers.template(FORM), reads=frozenset({"transfers"}))
    monkeypatch.setattr(session.papers, "template", lambda _form: template)
    rename(session, case, "别人")
    assert differences(session, case_file(session, case), paper) == ()


def test_what_was_signed_can_be_read_from_the_vault_alone(session: Session, case: CaseId) -> None:
    paper = filled(session, case)
    edit_paper(session, paper.id, {}, {"reporter": "refused"})
    signed = sign_paper(session, paper.id).signed
    assert signed is not None
    record = json.loads(session.vault.open(signed.record.sha256).read())
    assert record["texts"] == {"query_way": "窗口", "contact": "0931-8888888"}
    assert record["blanks"] == {"reporter": "refused"}
    assert record["facts"]["victim.name"] == "李秀兰"
    assert record["template"] == signed.template != ""


def test_a_new_version_takes_the_place_when_it_is_signed(session: Session, case: CaseId) -> None:
    first = sign_paper(session, filled(session, case).id)
    second = replace_paper(session, first.id, " 电话写错 ")
    assert replace_paper(session, first.id, "again").id == second.id, "one at a time"
    assert (second.replaces, second.reason) == (first.id, "电话写错")
    assert second.texts == {"contact": "0931-8888888"}
    assert one(session, case, first.id).state is PaperState.SIGNED
    data = preview_paper(session, first.id).data
    edit_paper(session, second.id, {"contact": "0931-6666666"})
    sign_paper(session, second.id)
    former = one(session, case, first.id)
    assert (former.state, former.replaced_by) == (PaperState.SUPERSEDED, second.id)
    assert preview_paper(session, first.id).data == data
    withdraw_paper(session, second.id, "报案人撤回")
    assert one(session, case, second.id).state is PaperState.WITHDRAWN
    assert preview_paper(session, second.id).data
    kinds = [row.kind for row in history(session, case) if row.kind.startswith("paper.")]
    assert kinds == [
        "paper.drafted", "paper.edited", "paper.signed", "paper.drafted", "paper.edited", "paper.signed",
        "paper.superseded", "paper.withdrawn",
    ]  # fmt: skip


def test_a_place_stays_blank_only_with_a_reason(session: Session, case: CaseId) -> None:
    paper = draft_paper(session, case, FORM)
    assert empty_places(session, paper.id) == ("contact",)
    edit_paper(session, paper.id, {"query_way": "  "})
    assert empty_places(session, paper.id) == ("query_way", "contact")
    with refused(session, "paper.places_open"):
        sign_paper(session, paper.id)
    edit_paper(session, paper.id, {"query_way": None}, {"contact": "unreachable"})
    assert shown_texts(session, paper.id)["query_way"] == "窗口"
    assert sign_paper(session, paper.id).signed is not None


def test_illegal_steps_are_refused_by_name(session: Session, case: CaseId) -> None:
    paper = filled(session, case)
    with refused(session, "form.place"):
        edit_paper(session, paper.id, {"narrative": "x"})
    with refused(session, "form.place"):
        edit_paper(session, paper.id, {}, {"nobody": "refused"})
    with refused(session, "paper.text_too_long"):
        edit_paper(session, paper.id, {"contact": "长" * (MAX_TEXT + 1)})
    with refused(session, "entry.unwritable"):
        edit_paper(session, paper.id, {"contact": "\ud800"})
    with refused(session, "paper.not_signed"):
        replace_paper(session, paper.id, "x")
    with refused(session, "paper.no_reason"):
        withdraw_paper(session, paper.id, " \n")
    with refused(session, "form.unknown"):
        draft_paper(session, case, "nothing")
    with refused(session, "case.unknown"):
        draft_paper(session, CaseId("nobody"), FORM)
    for verb in (sign_paper, preview_paper, shown_texts):
        with refused(session, "paper.unknown"):
            verb(session, PaperId("nothing"))
    sign_paper(session, paper.id)
    with refused(session, "paper.not_draft"):
        edit_paper(session, paper.id, {"contact": "x"})
    with refused(session, "paper.not_draft"):
        sign_paper(session, paper.id)
    withdraw_paper(session, paper.id, "误签")
    with refused(session, "paper.not_living"):
        withdraw_paper(session, paper.id, "误签")
    with refused(session, "paper.not_signed"):
        replace_paper(session, paper.id, "x")
    auditor = replace(session, officer=Officer("620199", "审计", (Role.AUDITOR,)))
    with refused(session, "rights.missing"):
        draft_paper(auditor, case, FORM)


def _prints(session: Session, case: CaseId) -> list[HistoryRow]:
    return [row for row in history(session, case) if row.kind == "document.printed"]


def test_printing_a_form_prints_what_counts(session: Session, case: CaseId) -> None:
    """Nothing, then a draft, then the signed paper, whatever the case says meanwhile. Drawing tells nothing; a
    print and a file are told, each as what it was."""
    assert "窗口" in draw_form(session, FORM, case).data.decode()
    paper = filled(session, case)
    assert "0931-8888888" in draw_form(session, FORM, case).data.decode()
    sign_paper(session, paper.id)
    data = preview_paper(session, paper.id).data
    rename(session, case, "别人")
    assert draw_form(session, FORM, case).data == data
    assert _prints(session, case) == []
    drawn = draw_form(session, FORM, case)
    assert drawn.record is not None
    note_saved(session, drawn)
    note_print(session, drawn.record, PrintRun(3, 2, 2, 3))
    rows = _prints(session, case)
    assert [row.subject for row in rows] == 2 * [f"paper/{paper.id}"]
    assert dict(rows[0].fields)["copies"] == "0"
    assert dict(rows[-1].fields) == {
        "form": FORM, "pages": "3", "copies": "2", "first": "2", "last": "3",
    }  # fmt: skip


def test_a_wording_nobody_edited_follows_the_case_and_is_missed_when_it_changes(
    session: Session, case: CaseId
) -> None:
    paper = sign_paper(session, filled(session, case).id)
    session.own_forms.with_phrase(FORM, "query_way", "网上")
    found = differences(session, case_file(session, case), paper)
    assert found == (Difference("texts.query_way", "窗口", "网上"),)


def test_saying_it_twice_records_nothing(session: Session, case: CaseId) -> None:
    paper = filled(session, case)
    before = length(session)
    assert draft_paper(session, case, FORM).id == paper.id
    edit_paper(session, paper.id, {"contact": "0931-8888888"}, {"reporter": ""})
    assert length(session) == before


def test_a_long_or_hostile_text_is_kept_to_the_letter(session: Session, case: CaseId) -> None:
    paper = draft_paper(session, case, FORM)
    for words in (HOSTILE, "长" * MAX_TEXT):
        edit_paper(session, paper.id, {"contact": words})
        assert one(session, case, paper.id).texts["contact"] == words
    assert sign_paper(session, paper.id).signed is not None
    assert shown_texts(session, paper.id)["contact"] == "长" * MAX_TEXT


def test_a_case_that_changes_while_it_is_signed_is_looked_at_again(
    session: Session, case: CaseId, monkeypatch: pytest.MonkeyPatch
) -> None:
    paper = filled(session, case)
    render = session.papers.render

    def slow(*said: object) -> object:
        rename(session, case, "别人")
        return render(*said)  # type: ignore[arg-type]  # as it was called

    monkeypatch.setattr(session.papers, "render", slow)
    with pytest.raises(RuleError, match=r"paper\.changed_meanwhile"):
        sign_paper(session, paper.id)
    monkeypatch.undo()
    assert one(session, case, paper.id).state is PaperState.DRAFT
    assert sign_paper(session, paper.id).signed is not None


def test_what_is_signed_tells_every_payment_of_merged_reports_once(
    session: Session, case: CaseId, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = a_form(session)
    more = replace(
        form.transfers[0], id=session.ids.new_id(), amount="500", serial="26112400128999"
    )
    other = register_report(session, replace(form, transfers=(*form.transfers, more))).case
    paper = filled(session, case)
    render = session.papers.render

    def slow(*said: object) -> object:
        merge_cases(session, case, other)
        return render(*said)  # type: ignore[arg-type]  # as it was called

    monkeypatch.setattr(session.papers, "render", slow)
    with pytest.raises(RuleError, match=r"paper\.changed_meanwhile"):
        sign_paper(session, paper.id)
    monkeypatch.undo()
    sign_paper(session, paper.id)
    found = read_paper(session, paper.id)
    assert found.file == paper_facts(session, case).file
    assert [item.amount_fen for item in facts_for(session, found).file.transfers] == [
        9_800_000,
        50_000,
    ]
    assert differences(session, found.file, found.paper) == ()


def test_signed_papers_are_files_to_check_and_to_send(seat: Seat) -> None:
    session = seat.session
    case = register_report(session, a_form(session)).case
    signed = sign_paper(session, filled(session, case).id).signed
    assert signed is not None
    with session.store.read() as reader:
        assert set(reader.known_blobs()) == {signed.pdf, signed.record}
        assert not reader.is_awaited(signed.pdf.sha256)
    sealed_file(session, signed.pdf.sha256).unlink()
    assert check_health(session, SILENT) != (), "a lost paper is noticed"


def test_two_desks_may_write_into_one_draft_and_nothing_is_lost(
    session: Session, case: CaseId, tmp_path: Path
) -> None:
    paper = draft_paper(session, case, FORM)
    other = replica(session, tmp_path / "b.db", "BBBBBBBBBBBBBBBB", [written(session)])
    edit_paper(session, paper.id, {"contact": "甲写的"})
    edit_paper(other, paper.id, {"contact": "乙写的"})
    acquainted(session, other)
    with session.store.write() as transaction:
        transaction.apply(written(other))
    (conflict,) = case_file(session, case).conflicts
    assert (conflict.subject, conflict.field) == (f"paper/{paper.id}", "text.contact")
    assert {told.value for told in conflict.values} == {"甲写的", "乙写的"}
    assert session.store.verify(SILENT) == ()
    other.store.close()


def test_an_unknown_paper_of_an_older_desk_is_no_paper(session: Session, case: CaseId) -> None:
    assert case_file(session, case).papers == ()
    with pytest.raises(UserInputError, match=r"paper\.unknown"):
        preview_paper(session, PaperId(case))


def test_a_signed_paper_travels_to_the_centre_and_is_acknowledged(
    session: Session, centre: Session, case: CaseId, quick_folder: Path
) -> None:
    from tests.services.test_exchange_path import Courier  # noqa: PLC0415 - who carries sticks there

    trust_peer(session, approve(centre, own_card(session)))
    courier = Courier(session, centre, quick_folder)
    signed = sign_paper(session, filled(session, case).id)
    made = courier.export()
    courier.ingest(made, 0)
    assert one(centre, case, signed.id) == one(session, case, signed.id)
    with pytest.raises(AppError, match=r"paper\.not_here"):
        preview_paper(centre, signed.id)
    assert check_health(centre, SILENT) == (), "what is still on its way is not lost"
    courier.ingest(made)
    assert preview_paper(centre, signed.id).data == preview_paper(session, signed.id).data
    courier.answer()
    assert courier.bundle_state() == "acknowledged"

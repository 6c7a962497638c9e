"""The report document: what the template says comes back, and whatever else is sent is refused in words."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.domain.errors import UserInputError
from desktop.domain.money.amounts import MAX_FEN
from desktop.domain.progress import SILENT
from desktop.runtime.files.resources import resource_path
from desktop.runtime.packages.scripts import load_types
from desktop.services.cases.changes.amend_case import form_of
from desktop.services.cases.changes.register_report import register_report
from desktop.services.cases.form.read_report import form_from_document
from desktop.services.cases.form.report_document import document_of
from desktop.services.health import check_health
from desktop.services.look_up import case_file
from desktop.services.session import Session
from tests.support.error_texts import assert_error
from tests.support.sessions import take_seat
from tests.support.sweep import examples

TEMPLATE: dict[str, Any] = json.loads(resource_path("samples/report.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def session(quick_disk: Path) -> Iterator[Session]:
    seat = take_seat(quick_disk / "documents", "A")
    yield seat.session
    assert check_health(seat.session, SILENT) == ()
    seat.session.store.close()


def without_notes(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: without_notes(item) for name, item in value.items() if name != "_"}
    return [without_notes(item) for item in value] if isinstance(value, list) else value


def shown(session: Session, document: Any) -> dict[str, Any]:
    case = register_report(session, form_from_document(session, document)).case
    return json.loads(json.dumps(document_of(case_file(session, case))))  # type: ignore[no-any-return]  # an object


def test_the_template_comes_back_as_it_was_given(session: Session) -> None:
    found = shown(session, TEMPLATE)
    expected = without_notes(TEMPLATE)
    # Interviews are shown where there are any: tests/cli/test_interview.py.
    assert expected.pop("interviews") == []
    for item in expected["transfers"]:
        certain = ("amount", "payee_account", "payee_name", "time")
        item["certainty"] = dict.fromkeys(certain, item["certainty"])
    assert {name: found[name] for name in expected} == expected
    assert set(found) - set(expected) == {
        "case", "number", "state", "accepted_at", "unit_code", "unit_name", "evidence", "orders",
        "converted_from", "read_aloud", "charge",
    }  # fmt: skip


def test_a_document_marks_who_reports_by_the_role(session: Session) -> None:
    daughter = {"role": "reporter agent", "name": "王芳", "relation": "女儿", "papers": "户口簿"}
    father = {
        "role": "victim",
        "name": "王大山",
        "id_kind": "hk_macau_pass",
        "id_number": "H12345678",
    }
    document = {"victim": {"name": "李秀兰"}, "source": "police_110", "parties": [father, daughter]}
    case = register_report(session, form_from_document(session, document)).case
    file = case_file(session, case)
    assert file.case.reporter.name == "王芳"
    assert file.case.reporter.roles == ("agent",)
    found = document_of(file)
    assert (found["parties"], found["source"]) == ([father, daughter], "police_110")


def test_what_is_shown_can_be_given_again(session: Session) -> None:
    """A document of one desk registers at another; what happened to the case there is left out."""
    first = shown(session, TEMPLATE)
    second = shown(session, first)
    told = {"case", "number"}
    assert {k: v for k, v in second.items() if k not in told} == {
        k: v for k, v in first.items() if k not in told
    }


REFUSED: list[tuple[Any, str, str]] = [
    ([], "report.malformed", ""),
    ("report", "report.malformed", ""),
    ({"vicitm": {}}, "report.unknown_key", "vicitm"),
    ({"victim": {"nmae": "x"}}, "report.unknown_key", "victim.nmae"),
    ({"victim": []}, "report.malformed", "victim"),
    ({"victim": {"name": 1}}, "report.malformed", "victim.name"),
    ({"victim": {"name": "\ud800"}}, "report.malformed", "victim.name"),
    ({"victim": {"id_kind": "library_card"}}, "report.choice", "victim.id_kind"),
    ({"visit": "robbery"}, "report.choice", "visit"),
    ({"type": "T99"}, "report.choice", "type"),
    ({"transfers": {}}, "report.malformed", "transfers"),
    ({"transfers": [1]}, "report.malformed", "transfers.0"),
    ({"transfers": [{}, {"amount_fen": -1}]}, "report.malformed", "transfers.1.amount_fen"),
    ({"transfers": [{"amount_fen": True}]}, "report.malformed", "transfers.0.amount_fen"),
    ({"transfers": [{"amount_fen": 1.5}]}, "report.malformed", "transfers.0.amount_fen"),
    ({"transfers": [{"amount_fen": "98000"}]}, "report.malformed", "transfers.0.amount_fen"),
    ({"transfers": [{"amount_fen": MAX_FEN + 1}]}, "report.malformed", "transfers.0.amount_fen"),
    ({"transfers": [{"channel": "pigeon"}]}, "report.choice", "transfers.0.channel"),
    ({"transfers": [{"arrival": "never"}]}, "report.choice", "transfers.0.arrival"),
    ({"transfers": [{"time": "yesterday"}]}, "report.time", "transfers.0.time"),
    ({"transfers": [{"time": "0001-01-01T00:00:00+14:00"}]}, "report.time", "transfers.0.time"),
    ({"transfers": [{"time": "9999-12-31T23:59:59-12:00"}]}, "report.time", "transfers.0.time"),
    ({"transfers": [{"time": "0900-01-01 00:00:00"}]}, "report.time", "transfers.0.time"),
    ({"transfers": [{"payee": {"number": "1"}}]}, "report.unknown_key", "transfers.0.payee.number"),
    ({"transfers": [{"certainty": "surely"}]}, "report.choice", "transfers.0.certainty"),
    ({"transfers": [{"certainty": 5}]}, "report.malformed", "transfers.0.certainty"),
    ({"transfers": [{"certainty": {"time": "surely"}}]}, "report.choice", "transfers.0.certainty.time"),
    ({"identifiers": [{"kind": "shoe", "value": "43"}]}, "report.choice", "identifiers.0.kind"),
    ({"answers": 5}, "report.malformed", "answers"),
    ({"answers": [[1]]}, "report.malformed", "answers"),
    ({"answers": {"q": 1}}, "report.malformed", "answers.q"),
    ({"answers": {"party.p1.name": "x"}}, "report.unknown_key", "answers.party.p1.name"),
    ({"source": "hearsay"}, "report.choice", "source"),
    ({"reported_by": "self"}, "report.unknown_key", "reported_by"),
    ({"parties": {}}, "report.malformed", "parties"),
    ({"parties": [{"role": "agent uncle"}]}, "report.choice", "parties.0.role"),
    ({"parties": [{}, {"phone": 1}]}, "report.malformed", "parties.1.phone"),
    ({"parties": [{"id": "p1"}]}, "report.unknown_key", "parties.0.id"),
]  # fmt: skip


@pytest.mark.parametrize(("document", "code", "where"), REFUSED)
def test_refused_with_the_place(session: Session, document: Any, code: str, where: str) -> None:
    with pytest.raises(UserInputError) as caught:
        form_from_document(session, document)
    assert_error(caught.value, code)
    assert caught.value.params["where"] == where


@pytest.mark.parametrize(
    ("given_time", "meant"),
    [
        ("2026-11-24T10:12:35+08:00", "2026-11-24T10:12:35+08:00"),
        ("2026-11-24T02:12:35Z", "2026-11-24T10:12:35+08:00"),
        ("2026-11-24 10:12:35", "2026-11-24T10:12:35+08:00"),
        ("10:12", "2026-11-24T10:12:00+08:00"),
        ("", ""),
    ],
)
def test_times_are_read_as_people_write_them(session: Session, given_time: str, meant: str) -> None:
    document = {"transfers": [{"time": given_time, "amount_fen": 1}]}
    assert shown(session, document)["transfers"][0]["time"] == meant


KEYS = st.sampled_from(
    ["visit", "victim", "type", "narrative", "transfers", "identifiers", "answers", "name", "_",
     "id_kind", "id_number", "phone", "time", "amount_fen", "channel", "arrival", "payer", "payee",
     "account", "bank", "order_number", "serial", "certainty", "kind", "value", "note", "\ud800"],
)  # fmt: skip
LEAVES = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=12),
    st.sampled_from(["report", "atm", "wechat", "real_time", "told", "mobile", "resident_id"]),
    st.datetimes().map(str), st.just("x" * 70_000), st.sampled_from(["\ud800", "\0", "𠮷", "10:12"]),
)  # fmt: skip
TREES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=6),
    max_leaves=25,
)
DOCUMENTS = st.one_of(
    TREES,
    st.fixed_dictionaries(
        {"victim": st.fixed_dictionaries({"name": st.text(min_size=1, max_size=4)})},
        optional={
            "transfers": st.lists(
                st.fixed_dictionaries(
                    {"payee": st.fixed_dictionaries({"account": LEAVES})},
                    optional=dict.fromkeys(("time", "amount_fen", "channel", "certainty"), LEAVES),
                ),
                max_size=3,
            ),
            "identifiers": st.lists(st.fixed_dictionaries({"kind": LEAVES, "value": LEAVES})),
            "answers": TREES,
            "narrative": LEAVES,
        },
    ),
)  # fmt: skip


@settings(max_examples=examples(200), suppress_health_check=list(HealthCheck))
@given(DOCUMENTS)
def test_a_hostile_document_is_refused_or_registered_and_nothing_else(
    session: Session, document: Any
) -> None:
    try:
        case = register_report(session, form_from_document(session, document)).case
    except UserInputError as error:
        assert_error(error, error.code)
        return
    json.dumps(document_of(case_file(session, case))).encode()
    assert form_of(session, case).case_id == case


def test_the_template_names_a_type_there_is() -> None:
    assert TEMPLATE["type"] in {kind.code for kind in load_types(resource_path("scripts"))}

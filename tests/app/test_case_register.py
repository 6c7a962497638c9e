"""The register of cases as tables: everybody, every way, every sum; personal numbers in full by a recorded act."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.app.pages.case_register import write_register
from desktop.domain.cases.people.party import PartyText
from desktop.domain.ids import CaseId, PartyId
from desktop.domain.money.dispositions import Disposition
from desktop.domain.progress import SILENT
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import CASE_AMENDED, CASE_OPENED, DATA_REVEALED
from desktop.services.cases.changes.merge_cases import merge_cases
from desktop.services.cases.changes.register_report import register_report
from desktop.services.look_up import case_file, history
from desktop.services.read_register import RegisterWish
from desktop.services.session import Session
from desktop.services.where_money_is import sums_by_case
from tests.support.seat_fixtures import seat, session
from tests.support.sessions import a_form
from tests.support.texts import zh

__all__ = ["seat", "session"]
PHONE, ACCOUNT = "13893100027", "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t"
FILE, COLUMN = "documents.register.file", "documents.register.column"
CASES, PARTIES, PAYMENTS = (zh(f"{FILE}.{name}") for name in ("cases", "parties", "payments"))
SEVEN = tuple(zh(f"flow.disposition.{item.value}") for item in Disposition)


def a_case(session: Session, name: str = "李秀兰", **changes: object) -> CaseId:
    """Her daughter reports a coin that her mother paid with."""
    form = a_form(session, name)
    daughter = PartyText(
        PartyId(session.ids.new_id()), role="agent", name="=王芳", relation="女儿", phone=PHONE,
        address="兰州市安宁区培黎街 12 号",
    )  # fmt: skip
    paid = replace(
        form.transfers[0], payee_account=ACCOUNT, way_kind="coin", way_chain="tron", way_coin="USDT"
    )
    return register_report(
        session,
        replace(
            form, parties=(daughter,), reported_by=daughter.id, transfers=(paid,), **changes  # type: ignore[arg-type]  # named fields of the form
        ),
    ).case  # fmt: skip


def tables(
    session: Session, folder: Path, *cases: CaseId, reveal: bool = False
) -> dict[str, list[dict[str, str]]]:
    """Name of each file → its rows by the words of its columns; what was written before stays."""
    place = folder / ("whole" if reveal else "masked")
    place.mkdir(exist_ok=True)
    written = write_register(session, RegisterWish(cases, place, reveal), SILENT)
    return {
        path.name: list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"))))
        for path in written
    }


def test_everybody_every_way_and_every_sum_is_in_the_tables(
    session: Session, tmp_path: Path
) -> None:
    case = a_case(session, source="call")
    found = tables(session, tmp_path, case)
    number = case_file(session, case).case.number
    (row,) = found[CASES]
    sums = sums_by_case(session, session.clock.now(), {case})[case]
    assert row[zh(f"{COLUMN}.number")] == number
    assert row[zh(f"{COLUMN}.reporter")] == "'=王芳", "no formula"
    assert row[zh(f"{COLUMN}.source")] == zh("party.source_is.call")
    assert row[zh("flow.disposition.left")] == f"{sums.left_fen / 100:.2f}" == "98000.00"
    assert sum(float(row[name]) for name in SEVEN) == 98000.0
    mother, daughter = found[PARTIES]
    assert mother[zh("party.role")] == zh("party.role_is.victim")
    assert daughter[zh("party.role")] == "、".join(
        zh(f"party.role_is.{code}") for code in ("reporter", "agent")
    )
    assert daughter[zh("party.relation")] == "女儿"
    (paid,) = found[PAYMENTS]
    assert paid[zh("ways.field.kind")] == zh("ways.kind.coin")
    assert paid[zh("ways.field.chain")] == zh("ways.chain.tron")
    assert ACCOUNT in paid.values()
    rows = (row, mother, daughter, paid)
    assert {item[zh(f"{COLUMN}.number")] for item in rows} == {number}


def test_personal_numbers_stand_in_full_only_by_a_recorded_act(
    session: Session, tmp_path: Path
) -> None:
    case = a_case(session)
    masked = tables(session, tmp_path, case)[PARTIES][1]
    assert masked[zh("party.phone")] == "138****0027"
    assert "培黎街" not in masked[zh("party.address")]
    kinds = [row.kind for row in history(session, case)]
    assert DATA_REVEALED not in kinds
    with session.store.read() as reader:
        assert reader.noted(f"look/{case}", CASE_OPENED, session.officer.number)
    whole = tables(session, tmp_path, case, reveal=True)[PARTIES][1]
    assert whole[zh("party.phone")] == PHONE
    assert [row.kind for row in history(session, case)].count(DATA_REVEALED) == 1


def test_codes_of_a_newer_program_stand_as_they_are(session: Session, tmp_path: Path) -> None:
    case = a_case(session)
    transfer = case_file(session, case).transfers[0].id
    news = {
        "answer.party.zz.role": "envoy",
        "answer.party.zz.name": "丙",
        f"answer.way.{transfer}.kind": "pigeon",
    }
    with session.store.write() as transaction:
        transaction.append(session.officer.number, NewEntry(CASE_AMENDED, f"case/{case}", news))
    found = tables(session, tmp_path, case)
    assert "envoy" in {row[zh("party.role")] for row in found[PARTIES]}
    assert found[PAYMENTS][0][zh("ways.field.kind")] == "pigeon"


@pytest.mark.parametrize("second", ["李秀兰", "马强"])
def test_a_payment_that_two_reports_tell_stands_once(
    session: Session, tmp_path: Path, second: str
) -> None:
    lead, other = a_case(session), a_case(session, second)
    merge_cases(session, lead, other, "同一事件")
    found = tables(session, tmp_path, lead)
    assert len(found[CASES]) == len(found[PAYMENTS]) == 1

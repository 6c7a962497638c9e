"""Reading evidence through the services: rights, custody, supplements that say where they were read."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from desktop.domain.cases.intake import TransferText
from desktop.domain.cases.payments.transfer import Certainty
from desktop.domain.errors import RuleError, UserInputError
from desktop.domain.ids import CaseId, EvidenceId
from desktop.domain.installation.officer import Officer, Role
from desktop.domain.progress import SILENT
from desktop.domain.statements.proposal import Confidence, Proposal
from desktop.journal.kinds import EVIDENCE_READ
from desktop.readers.file_readers import OfflineReaders
from desktop.services.cases.changes.add_supplement import add_supplement
from desktop.services.cases.changes.register_report import register_report
from desktop.services.evidence.attach_evidence import attach_picture
from desktop.services.evidence.view_evidence import custody
from desktop.services.extraction.evidence_supplement import Picked, evidence_supplement
from desktop.services.extraction.mark_rows import RowMark, mark_rows
from desktop.services.extraction.place_proposals import Offer, ProposalPlace
from desktop.services.extraction.read_evidence import Readable, readable_as
from desktop.services.extraction.read_statement import read_statement
from desktop.services.extraction.statement_transfers import transfer_of_row
from desktop.services.look_up import case_file
from desktop.services.session import Session
from tests.support.sessions import a_form, take_seat
from tests.ui.extraction.bills import long_statement, wechat_bill


@pytest.fixture
def session(tmp_path: Path) -> Session:
    return replace(take_seat(tmp_path / "desk", "A").session, files=OfflineReaders())


def registered(session: Session, data: bytes) -> tuple[CaseId, EvidenceId]:
    case = register_report(session, a_form(session)).case
    return case, attach_picture(session, case, "账单.csv", data).evidence.id


def test_a_supplement_carries_row_certainty_and_words(session: Session) -> None:
    case, item = registered(session, long_statement(40))
    statement = read_statement(session, case, item, SILENT)
    assert (statement.head.owner, statement.head.account) == ("李秀兰", "6228480010012345678")
    row = next(row for row in statement.rows if row.amount_fen == 98_000_00)
    picked = Picked("证据《账单.csv》", (transfer_of_row(statement.head, row, item),))
    typed = evidence_supplement(picked, session.clock.now())
    add_supplement(session, case, typed)
    added = case_file(session, case).transfers[-1]
    assert added.origin == f"evidence/{item}#row={row.row}"
    assert added.certainty["amount"] is Certainty.RECEIPT
    assert added.payer.number == "6228480010012345678"
    assert added.payer.bank == "中国农业银行"
    assert added.channel == "mobile_bank"
    assert added.serial == row.reference
    assert [line.kind for line in custody(session, case, item)].count(EVIDENCE_READ) == 1


def _offer(path: str, text: str) -> Offer:
    made = Proposal(path.rpartition(".")[2], text, text, 0, len(text), Confidence.SURE)
    return Offer(made, path, text, "", ProposalPlace.FREE, Certainty.TOLD)


@pytest.mark.parametrize("origins", [{}, {0: "evidence/e#page=1", 2: "evidence/e#page=2"}])
def test_what_was_picked_says_where_it_was_read(session: Session, origins: dict[int, str]) -> None:
    now = session.clock.now()
    own = TransferText("", amount="5", origin="evidence/e#row=3", time="2026-11-24 10:00")
    offers = (
        _offer("transfers.0.amount", "300.00"),
        _offer("transfers.1.time", "2026-11-24"),
        _offer("identifiers.mobile", "13919364417"),
        _offer("identifiers.url", "a.example"),
    )
    typed = evidence_supplement(Picked("截图", (own,), (), offers, origins), now)
    first = next(iter(origins.values()), "")
    assert [(row.amount, row.origin, row.time) for row in typed.transfers] == [
        ("5", own.origin, own.time), ("300.00", first, ""), ("", first, ""),
    ]  # fmt: skip
    assert [(row.kind, row.value, row.origin) for row in typed.found] == [
        ("mobile", "13919364417", origins.get(2, "")), ("url", "a.example", ""),
    ]  # fmt: skip
    assert Picked("截图", (own,), (), offers).count == len(offers) + 1


def test_only_who_may_read_cases_reads_evidence(session: Session) -> None:
    case, item = registered(session, wechat_bill())
    stranger = replace(session, officer=Officer("620999", "管理员", (Role.ADMINISTRATOR,)))
    with pytest.raises(RuleError, match=r"^rights\.missing$"):
        read_statement(stranger, case, item, SILENT)
    assert readable_as(session, case, item) is Readable.STATEMENT


def test_what_cannot_be_read_leaves_no_line_in_the_log(session: Session) -> None:
    case, item = registered(session, b"a,b\n1,2\n")
    with pytest.raises(UserInputError, match=r"^statement\.unknown$"):
        read_statement(session, case, item, SILENT)
    assert EVIDENCE_READ not in [line.kind for line in custody(session, case, item)]


def test_a_second_payment_of_the_same_sum_within_a_minute_is_another(session: Session) -> None:
    """A payment that is known marks one row, that of its number or else the nearest in time."""
    case, item = registered(session, wechat_bill())
    bill = read_statement(session, case, item, SILENT).rows
    paid = next(row for row in bill if row.row == 11)
    assert paid.time is not None
    later = paid._replace(row=99, time=paid.time + timedelta(seconds=45), reference="S2")
    (told,) = a_form(session).transfers
    now = session.clock.now()

    def marks(*known: TransferText) -> list[RowMark]:
        found = mark_rows((later, paid), known, item, now)
        return [found[paid.row], found[later.row]]

    assert marks(told) == [RowMark.RECORDED, RowMark.LIKELY]
    assert marks(replace(told, serial="S2")) == [RowMark.LIKELY, RowMark.RECORDED]
    assert marks(told, replace(told, id="t2")) == [RowMark.RECORDED, RowMark.RECORDED]


def test_the_payment_that_was_reported_is_recognised(session: Session) -> None:
    case, item = registered(session, wechat_bill())
    statement = read_statement(session, case, item, SILENT)
    told = a_form(session).transfers
    marks = mark_rows(statement.rows, told, item, session.clock.now())
    assert marks[11] is RowMark.RECORDED, "same sum, same second"
    assert marks[10] is RowMark.LIKELY, "within the half hour"
    assert not {12, 13, 14, 15} & marks.keys()

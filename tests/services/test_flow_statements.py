"""Statements among the evidence join the flow: told whose by what they repeat, each payment once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, time, timedelta
from pathlib import Path

import pytest

from desktop.domain.cases.payments.transfer import Account
from desktop.domain.errors import Cancelled, UserInputError
from desktop.domain.flow.flow_moves import FlowMove, PaymentSource
from desktop.domain.flow.reported_payments import SAME_TIME, ReportedPayment
from desktop.domain.ids import CaseId
from desktop.domain.money.dispositions import Disposition
from desktop.domain.money.money_flow import FlowPayment, TracingMethod
from desktop.domain.progress import SILENT, Silent
from desktop.domain.statements.statement import Effect, MoneyDirection, StatementRow
from desktop.domain.time.local_time import CHINA
from desktop.readers.file_readers import OfflineReaders
from desktop.services.cases.changes.register_report import register_report
from desktop.services.evidence.attach_evidence import attach_files
from desktop.services.flow import flow_statements
from desktop.services.flow.flow_statements import owner_of, statement_payments
from desktop.services.flow.show_flow import show_flow, show_flow_with_statements
from desktop.services.look_up import case_file
from desktop.services.session import Session
from tests.support.clocks import START
from tests.support.flow_cases import with_analyst
from tests.support.sealed_files import sealed_file
from tests.support.sessions import a_form

HEAD = "交易时间,收入金额,支出金额,对方户名,对方账号,摘要\n"
ROWS = (
    "2026-11-24 10:12:40,98000.00,,李秀兰,6217004230001234569,转账\n"
    "2026-11-24 10:15:00,,60000.00,吴某,6222021001116245702,转账\n"
    "2026-11-24 10:18:00,,38000.00,钱某,6217001234567890127,转账\n"
)


@pytest.fixture
def reading(session: Session) -> Iterator[Session]:
    readers = OfflineReaders()
    yield replace(with_analyst(session), files=readers)
    readers.close()


def test_a_statement_joins_where_it_repeats_a_payment(reading: Session, tmp_path: Path) -> None:
    case = register_report(reading, a_form(reading)).case
    assert len(show_flow(reading, [case]).moves) == 1
    good, strange = tmp_path / "流水.csv", tmp_path / "别的.csv"
    good.write_text(HEAD + ROWS, "utf-8")
    strange.write_text(HEAD + "2026-01-02 10:00:00,5.00,,某,6217009999999999999,转账\n", "utf-8")
    attach_files(reading, case, [good, strange], SILENT)
    found = show_flow_with_statements(reading, [case], SILENT)
    assert (found.joined, found.left) == (1, 1)
    sources = [flow.source for flow in found.sheet.moves]
    assert sources == [PaymentSource.REPORT, PaymentSource.STATEMENT, PaymentSource.STATEMENT]
    assert found.sheet.accounts["6222021001116245702"].tier == 2
    view = found.sheet.methods[TracingMethod.FIFO]
    assert {rest.account: rest.fen for rest in view.trace.rests} == {
        "6222021001116245702": 6_000_000, "6217001234567890127": 3_800_000,
    }  # fmt: skip
    assert view.sums.fen(Disposition.RESTING) == found.sheet.loss_fen == 9_800_000


@pytest.mark.parametrize(
    ("shown", "joins"),
    [("621700******4569", True), ("尾号4569", True), ("621700******4560", False)],
)
def test_a_statement_that_blots_out_the_other_account_joins_by_what_it_shows(
    reading: Session, tmp_path: Path, shown: str, joins: bool
) -> None:
    case = register_report(reading, a_form(reading)).case
    file = tmp_path / "流水.csv"
    file.write_text(HEAD + ROWS.replace("6217004230001234569", shown), "utf-8")
    attach_files(reading, case, [file], SILENT)
    found = show_flow_with_statements(reading, [case], SILENT)
    assert (found.joined, found.left) == (int(joins), int(not joins))
    told = [PaymentSource.STATEMENT] * 2 if joins else []
    assert [flow.source for flow in found.sheet.moves] == [PaymentSource.REPORT, *told], "told once"


def test_a_row_that_has_but_its_day_or_a_rounded_account_tells_of_the_payment_of_that_day(
    reading: Session, tmp_path: Path
) -> None:
    case = register_report(reading, a_form(reading)).case
    known = show_flow(reading, [case]).moves
    bill = tmp_path / "流水.csv"
    bill.write_text(
        HEAD + ROWS.replace(" 10:12:40", "").replace("6217001234567890127", "6217001234567890000"),
        "utf-8",
    )
    attach_files(reading, case, [bill], SILENT)
    found = show_flow_with_statements(reading, [case], SILENT)
    assert (found.joined, len(found.sheet.moves)) == (1, len(known) + 2)
    assert "6217001234567890000" not in found.sheet.accounts


def test_what_is_not_in_yuan_is_counted_beside_the_sums(reading: Session, tmp_path: Path) -> None:
    case = register_report(reading, a_form(reading)).case
    abroad = "2026-11-24 10:20:00,,1000.00,JOHN,US123,跨境汇款,美元\n"
    rows = ROWS.replace("转账\n", "转账,人民币\n") + abroad
    file = tmp_path / "流水.csv"
    file.write_text(HEAD.replace("摘要\n", "摘要,币种\n") + rows, "utf-8")
    attach_files(reading, case, [file], SILENT)
    found = show_flow_with_statements(reading, [case], SILENT).sheet
    assert (len(found.moves), found.unreckoned) == (3, 1)
    assert {view.sums.loss_fen for view in found.methods.values()} == {9_800_000}


def test_what_went_nobody_knows_where_is_counted_beside_the_sums(
    reading: Session, tmp_path: Path
) -> None:
    """The oldest row of a statement whose balance alone tells the directions."""
    case = register_report(reading, a_form(reading)).case
    head = "交易时间,交易金额,账户余额,对方户名,对方账号\n"
    rows = (
        "2026-11-24 09:00:00,7.00,7.00,某,6217009999999999999",
        "2026-11-24 10:12:40,98000.00,98007.00,李秀兰,6217004230001234569",
    )
    file = tmp_path / "流水.csv"
    file.write_text(head + "\n".join(rows), "utf-8")
    attach_files(reading, case, [file], SILENT)
    found = show_flow_with_statements(reading, [case], SILENT)
    assert (found.joined, found.sheet.unreckoned) == (1, 1)


def payment(number: str, fen: int) -> ReportedPayment:
    move = FlowPayment(
        f"row/{number}/{fen}", int(START.timestamp()), number, "6222021001116245702", fen
    )
    flow = FlowMove(move, PaymentSource.STATEMENT, CaseId("c"))
    return ReportedPayment(flow, Account(number=number), Account(number=move.payee))


def paid(place: int, fen: int) -> StatementRow:
    return StatementRow(
        place, START, "", fen, "", "CNY", MoneyDirection.OUT, Effect.MOVED, "", "", "", "", "", "", "", "",
        None, 0, (),
    )  # fmt: skip


NEAR, FAR = timedelta(seconds=SAME_TIME), timedelta(seconds=SAME_TIME + 1)
MIDNIGHT = datetime.combine(START.astimezone(CHINA).date(), time.min, CHINA)
ROW_TIMES: list[tuple[datetime | None, bool]] = [
    (None, True),
    (START + NEAR, True),
    (START - NEAR, True),
    (START + FAR, False),
    (START - FAR, False),
    (MIDNIGHT, True),
    (MIDNIGHT - timedelta(days=1), False),
]


@pytest.mark.parametrize("timed", [True, False])
@pytest.mark.parametrize("direction", [MoneyDirection.IN, MoneyDirection.OUT])
@pytest.mark.parametrize(("at", "same_time"), ROW_TIMES)
def test_a_row_repeats_a_payment_of_its_time_for_the_side_it_shows(
    at: datetime | None, same_time: bool, direction: MoneyDirection, timed: bool
) -> None:
    known = payment("6217004230001234569", 500)
    known = known._replace(flow=known.flow._replace(timed=timed))
    row = paid(1, 500)._replace(time=at, direction=direction)
    move = known.flow.move
    side = (
        (move.payer, known.payer) if direction is MoneyDirection.OUT else (move.payee, known.payee)
    )
    assert owner_of([row], [known], SILENT) == (side if same_time or not timed else None)


def test_a_row_is_compared_with_the_payments_of_its_sum_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Two statements of 20,000 rows were 400 million comparisons."""
    compared: list[StatementRow] = []
    repeated = flow_statements._repeated

    def counting(
        row: StatementRow, number: str, told: ReportedPayment
    ) -> tuple[str, Account] | None:
        compared.append(row)
        return repeated(row, number, told)

    monkeypatch.setattr(flow_statements, "_repeated", counting)
    known = [payment("6217004230001234569", fen) for fen in range(1, 301)]
    rows = [paid(place, fen) for place, fen in enumerate(range(200, 500))]
    found = owner_of(rows, known, SILENT)
    assert found is not None
    assert found[0] == "6217004230001234569"
    assert len(compared) == 101, "of 200 to 300 fen"


def test_the_search_for_whose_a_statement_is_can_be_stopped() -> None:
    class Stopped(Silent):
        def check(self) -> None:
            raise Cancelled

    with pytest.raises(Cancelled):
        owner_of([paid(1, 1)], [payment("6217004230001234569", 1)], Stopped())


def test_statements_of_every_case_of_a_series_join_once(
    reading: Session, tmp_path: Path, quick_folder: Path
) -> None:
    """Two victims paid into one account; its statement lies with both cases, and another has not come yet."""
    second = a_form(reading, "马强")
    payment = replace(second.transfers[0], time="2026-11-24 10:13:35", amount="5,000.00")
    forms = (a_form(reading), replace(second, transfers=(payment,)))
    cases = [register_report(reading, form).case for form in forms]
    file = tmp_path / "流水.csv"
    file.write_text(HEAD + ROWS, "utf-8")
    for case in cases:
        attach_files(reading, case, [file], SILENT)
    away = tmp_path / "未到.csv"
    away.write_text(HEAD + ROWS + "\n", "utf-8")
    (lost,) = attach_files(reading, cases[1], [away], SILENT)
    sealed_file(reading, lost.evidence.sha256).unlink()
    found = show_flow_with_statements(reading, cases, SILENT)
    assert (found.joined, found.left, found.absent) == (2, 0, 1)
    sources = [flow.source for flow in found.sheet.moves]
    assert sorted(sources) == [PaymentSource.REPORT] * 2 + [PaymentSource.STATEMENT] * 2
    assert found.sheet.loss_fen == 10_300_000


def test_who_paid_two_accounts_of_the_fraud_is_no_account_of_theirs(
    reading: Session, tmp_path: Path
) -> None:
    """Told by the statements of both: perhaps a victim nobody has heard of, and certainly something in common."""
    second = a_form(reading, "马强")
    paid = replace(
        second.transfers[0], payee_account="6222021001116245702", amount="5,000.00", serial="2",
        payer_account="6217009999999999999",
    )  # fmt: skip
    forms = (a_form(reading), replace(second, transfers=(paid,)))
    cases = [register_report(reading, form).case for form in forms]
    other = "6228480402564890018"
    told = (
        ("98000.00,,李秀兰,6217004230001234569", "700.00"),
        ("5000.00,,马强,6217009999999999999", "900.00"),
    )
    for case, (row, fen) in zip(cases, told, strict=True):
        file = tmp_path / f"{case}.csv"
        rows = f"2026-11-24 10:12:40,{row},转账\n2026-11-24 09:00:00,{fen},,某,{other},转账\n"
        file.write_text(HEAD + rows, "utf-8")
        attach_files(reading, case, [file], SILENT)
    sheet = show_flow_with_statements(reading, cases, SILENT).sheet
    (common,) = sheet.patterns.common
    assert (common.account, len(common.partners)) == (other, 2)
    assert {key for key, account in sheet.accounts.items() if not account.followed} == {other}


def test_a_statement_that_repeats_nothing_known_has_no_owner(
    reading: Session, tmp_path: Path
) -> None:
    case = register_report(reading, a_form(reading)).case
    file = tmp_path / "别的.csv"
    file.write_text(HEAD + "2026-01-02 10:00:00,5.00,,某,6217009999999999999,转账\n", "utf-8")
    attach_files(reading, case, [file], SILENT)
    (item,) = case_file(reading, case).evidence
    with pytest.raises(UserInputError, match=r"^flow_file\.no_owner$"):
        statement_payments(reading, case, item.id, (), SILENT)

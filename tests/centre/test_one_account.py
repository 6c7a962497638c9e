"""Several orders about one account, a row each, as letters had them before: an answer that lost its numbers is told by
what else its row says."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from desktop.bundles.volumes.quarantine import Quarantine
from desktop.centre.answers import take_files
from desktop.centre.batch_files import write_batches
from desktop.centre.ingest import ingest
from desktop.domain.case_file.orders.dispatch_batch import WrittenBatch
from desktop.domain.case_file.orders.order_row import moment
from desktop.domain.errors import UserInputError
from desktop.domain.orders.order import OrderState
from desktop.domain.orders.sending.answer import Trouble
from desktop.domain.progress import SILENT
from desktop.services.exchange.export.export_bundle import export_bundle
from desktop.services.look_up import orders
from desktop.services.orders.answers.answer_queue import (
    compare_answer,
    queued_answers,
    settle_answer,
)
from desktop.services.orders.answers.dispatch_batches import batch_orders
from desktop.services.orders.issue_order import issue_stop
from desktop.services.session import Session
from tests.centre.answer_files import Rows, save, sheets_of
from tests.support.clocks import START
from tests.support.sessions import a_form
from tests.support.strict import all_of

ACCOUNT, SERIAL, PAYER, TIME, SUM = (
    "账号 accountNumber", "流水号", "转出账户名 transferOutAccountName", "转出时间 transferTime",
    "转出金额(元) transferAmount",
)  # fmt: skip
EARLIER = Path(__file__).parent / "earlier" / "one_row_an_order.xlsx"
"""The table that an earlier program wrote of these very orders, before an account stood once in a letter."""
WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
SAID = {"办理结果": "部分成功", "执行金额(元)": "100.50", "措施起始时间": "2026年11月24日10时31分"}


@pytest.fixture
def pack(session: Session, centre: Session, quick_folder: Path) -> WrittenBatch:
    for hour, serial in enumerate(("26112400128841", "26112400128842", "26112400128843"), 7):
        form = a_form(session)
        paid = replace(
            form.transfers[0],
            time=f"2026-11-24 0{hour}:12:35",
            amount=f"{hour}000.00",
            serial=serial,
        )
        issue_stop(session, replace(form, transfers=(paid,)), 0, confirmed=True)
    stick = quick_folder / "stick"
    stick.mkdir()
    export_bundle(session, stick, SILENT)
    ingest(centre, Quarantine(quick_folder / "no"), [stick], SILENT)
    (written,) = write_batches(centre, batch_orders(centre), quick_folder / "out", SILENT)
    return replace(written, workbook=EARLIER)


def test_a_form_of_an_earlier_program_answers_each_order_by_its_key(
    pack: WrittenBatch, centre: Session, quick_folder: Path
) -> None:
    rows = answered(pack, "指令标识", "本地指令号", ACCOUNT)
    assert taken(centre, quick_folder, rows) == (3, 0, 0)
    assert taken(centre, quick_folder, rows) == (0, 3, 0)


def answered(pack: WrittenBatch, *columns: str, **instead: str) -> Rows:
    """The rows with nothing but these columns and one and the same answer; ``instead``: what stands in a column."""
    head, *rows = next(iter(sheets_of(pack.workbook).values()))
    told = [dict(zip(head, row, strict=True)) | instead for row in rows]
    kept = [[row[column] for column in columns] for row in told]
    return [[*columns, *SAID], *[[*row, *SAID.values()] for row in kept]]


def taken(centre: Session, folder: Path, rows: Rows) -> tuple[int, int, int]:
    (file,) = take_files(centre, [save(folder / "a.xlsx", {"回函": rows})], SILENT)
    assert file.taken is not None
    known = file.taken.already + file.taken.waiting
    return file.taken.taken, known, file.taken.queued


@pytest.mark.parametrize("clue", [SERIAL, TIME, SUM])
def test_what_else_the_row_says_finds_its_order(
    clue: str, pack: WrittenBatch, centre: Session, quick_folder: Path
) -> None:
    rows = answered(pack, ACCOUNT, clue)
    for row in rows[1:]:
        row[0] = f"'{row[0]}".translate(WIDE)
        row[1] = row[1].translate(WIDE)
    assert taken(centre, quick_folder, rows[:2]) == (1, 0, 0)
    (first,) = (view for view in orders(centre) if view.state is OrderState.PARTIAL)
    assert first.order.serial == pack.batch.orders[0].order.serial
    assert first.order.reply is not None
    assert moment(first.order.reply.starts_at) == moment(START)[:12] + "00"
    assert taken(centre, quick_folder, rows) == (2, 1, 0)


@pytest.mark.parametrize(
    ("serial", "trouble"),
    [
        ("0", Trouble.NO_ORDER),
        ("", Trouble.SEVERAL_ORDERS),
        ("2.61124E+13", Trouble.SEVERAL_ORDERS),
    ],
)
def test_what_fits_none_or_all_waits_for_a_person_and_none_is_lost(
    serial: str, trouble: Trouble, pack: WrittenBatch, centre: Session, quick_folder: Path
) -> None:
    """Three answers in the same words are three: nothing but the name of the payer tells them apart."""
    rows = answered(pack, ACCOUNT, SERIAL, PAYER, **{SERIAL: serial})
    for number, row in enumerate(rows[1:]):
        row[2] = f"被害人{number}"
    assert taken(centre, quick_folder, rows) == (0, 0, 3)
    assert {item.answer.trouble for item in queued_answers(centre)} == {trouble}
    assert taken(centre, quick_folder, rows) == (0, 3, 0), "the same file again changes nothing"


def test_the_answer_of_another_order_is_never_given_to_the_one_that_waits(
    pack: WrittenBatch, centre: Session, quick_folder: Path
) -> None:
    """Two of three are answered; the same two come again, first with their serials, then without."""
    rows = answered(pack, ACCOUNT, SERIAL)
    assert taken(centre, quick_folder, rows[:3]) == (2, 0, 0)
    assert taken(centre, quick_folder, rows[:3]) == (0, 2, 0)
    assert taken(centre, quick_folder, answered(pack, ACCOUNT)[:2]) == (0, 0, 1)
    other = [
        [*row[:-3], "失败", "", ""] if number else row
        for number, row in enumerate(answered(pack, ACCOUNT))
    ]
    assert taken(centre, quick_folder, other[:2]) == (1, 0, 0), "it says something else"


@pytest.mark.parametrize("typed_over", ["number", "account", "both"])
def test_a_row_copied_from_another_order_waits_for_a_person(
    session: Session, centre: Session, quick_folder: Path, typed_over: str
) -> None:
    """Its key, in a column nobody looks at, is still the one of the row above."""
    for account in ("6230520010037788996", "6222021001116245702"):
        form = a_form(session)
        paid = replace(form.transfers[0], payee_account=account)
        issue_stop(session, replace(form, transfers=(paid,)), 0, confirmed=True)
    export_bundle(session, quick_folder, SILENT)
    ingest(centre, Quarantine(quick_folder / "no"), [quick_folder], SILENT)
    (pack,) = write_batches(centre, batch_orders(centre), quick_folder / "out", SILENT)
    rows = answered(pack, "指令标识", "本地指令号", ACCOUNT)
    head, first, second = rows
    for place, name in ((1, "number"), (2, "account")):
        if typed_over in (name, "both"):
            first[place] = second[place]
    assert taken(centre, quick_folder, [head, first]) == (0, 0, 1)
    (item,) = queued_answers(centre)
    assert item.answer.trouble is Trouble.SEVERAL_ORDERS
    assert all_of(view.order.reply is None for view in orders(centre))
    assert taken(centre, quick_folder, [head, second]) == (1, 0, 0)


def test_more_rows_than_any_bank_sends_are_no_answers(
    pack: WrittenBatch, centre: Session, quick_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.readers.answers.answer_table._MOST", 2)
    table = save(quick_folder / "many.xlsx", {"回函": answered(pack, ACCOUNT, SERIAL)})
    (file,) = take_files(centre, [table], SILENT)
    assert file.error is not None
    assert file.error.code == "answers.too_many"
    assert queued_answers(centre) == ()


def test_an_answer_nobody_can_read_has_to_be_typed(
    pack: WrittenBatch, centre: Session, quick_folder: Path
) -> None:
    head, first, *_ = answered(pack, ACCOUNT, SERIAL)
    first[head.index("办理结果")] = "也许"
    assert taken(centre, quick_folder, [head, first]) == (0, 0, 1)
    (item,) = queued_answers(centre)
    number = orders(centre)[0].order.number
    for work in (compare_answer, settle_answer):
        with pytest.raises(UserInputError, match=r"^answer\.unread$"):
            work(centre, item.key, number)

"""One account stands once in a letter: one row asks for several orders, and its answer answers each of them once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from desktop.bundles.volumes.quarantine import Quarantine
from desktop.centre.answers import take_files
from desktop.centre.batch_files import write_batches
from desktop.centre.ingest import ingest
from desktop.centre.replies import reply, write_replies
from desktop.domain.case_file.orders.dispatch_batch import WrittenBatch
from desktop.domain.orders.order import OrderReply, OrderState, ReplyResult
from desktop.domain.orders.sending.answer import Trouble
from desktop.domain.progress import SILENT
from desktop.services.exchange.export.export_bundle import export_bundle
from desktop.services.exchange.take_in.apply_bundle import apply_bundle
from desktop.services.look_up import order
from desktop.services.orders.answers.answer_queue import (
    compare_answer,
    queued_answers,
    set_answer_aside,
    settle_answer,
)
from desktop.services.orders.answers.dispatch_batches import batch_orders
from desktop.services.orders.answers.record_reply import ReplyBaseline
from desktop.services.orders.answers.take_answers import TakenAnswers
from desktop.services.orders.issue_order import issue_stop
from desktop.services.orders.withdraw_order import withdraw_order
from desktop.services.session import Session
from tests.centre.answer_files import Rows, save, sheets_of
from tests.support.clocks import START
from tests.support.sessions import a_form

KEY, NUMBER, TOTAL = "指令标识", "本地指令号", "本行合计(元)"
SAID = {
    "办理结果": "部分成功",
    "执行金额(元)": "9500.00",
    "措施起始时间": "20261124103107",
    "反馈说明": "余额不足",
}


@dataclass
class Bank:
    """A bank that got one letter: three orders of 7,000, 8,000 and 9,000 yuan on one account, and one on another."""

    station: Session
    centre: Session
    folder: Path
    written: WrittenBatch
    ids: tuple[str, ...]
    other: str

    def answer(
        self, said: Mapping[str, str] = SAID, change: Callable[[dict[str, str]], object] = dict
    ) -> TakenAnswers:
        """What becomes of the row of the three, filled in."""
        sheets = sheets_of(self.written.workbook)
        name = next(iter(sheets))
        head, *rows = sheets[name]
        row = next(row for row in rows if self.ids[0] in row[0])
        told = dict(zip(head, row, strict=True)) | SAID | dict(said)
        change(told)
        head = [title for title in head if title in told]
        sheets[name] = [head, [told[title] for title in head]]
        return self.take(sheets)

    def take(self, sheets: dict[str, Rows]) -> TakenAnswers:
        """Of a file as it stands."""
        (file,) = take_files(self.centre, [save(self.folder / "a.xlsx", sheets)], SILENT)
        assert file.taken is not None
        return file.taken

    def carry(self, name: str) -> None:
        """What the station says goes to the centre."""
        stick = self.folder / name
        stick.mkdir()
        export_bundle(self.station, stick, SILENT)
        ingest(self.centre, Quarantine(self.folder / "no"), [stick], SILENT)

    def replies(self) -> list[tuple[str, int]]:
        """Result and fen of each of the three; "" where nobody answered."""
        known = [order(self.centre, key).order.reply for key in self.ids]
        return [(one.result.value, one.amount_fen) if one else ("", 0) for one in known]


@pytest.fixture
def bank(session: Session, centre: Session, quick_folder: Path) -> Bank:
    ids = []
    for hour, account in ((7, ""), (8, ""), (9, ""), (6, "6228480010012345678")):
        form = a_form(session)
        paid = replace(
            form.transfers[0], time=f"2026-11-24 0{hour}:12:35", amount=f"{hour}000.00",
            payee_account=account or form.transfers[0].payee_account,
        )  # fmt: skip
        issued = issue_stop(session, replace(form, transfers=(paid,)), 0, confirmed=True)
        ids.append(issued.order.id)
    made = Bank(session, centre, quick_folder, None, tuple(ids[:3]), ids[3])  # type: ignore[arg-type]
    made.carry("stick")
    (made.written,) = write_batches(centre, batch_orders(centre), quick_folder / "out", SILENT)
    return made


def test_one_row_answers_each_order_by_its_issue_and_the_station_learns(bank: Bank) -> None:
    head, *rows = next(iter(sheets_of(bank.written.workbook).values()))
    assert len(rows) == 2
    assert sorted(row[head.index(TOTAL)] for row in rows) == ["24000.00", "6000.00"]
    sheets = sheets_of(bank.written.workbook)
    hops = sheets["下一级转账"]
    at = next(n for n, row in enumerate(hops) if bank.ids[0] in row[0])
    for title, text in (("下级账号", "6217004230001234569"), ("转出金额(元)", "500")):
        hops[at][hops[0].index(title)] = text
    name = next(iter(sheets))
    for row in sheets[name][1:]:
        if bank.ids[0] in row[0]:
            for title, text in SAID.items():
                row[head.index(title)] = text
    taken = bank.take(sheets)
    assert (taken.taken, taken.queued, taken.blank, taken.stray, taken.hops) == (3, 0, 1, 0, 3)
    assert bank.replies() == [("done", 700_000), ("partial", 250_000), ("partial", 0)]
    again = bank.take(sheets)
    assert (again.taken, again.already, again.queued) == (0, 3, 0)
    back = bank.folder / "back"
    back.mkdir()
    write_replies(bank.centre, back, SILENT)
    apply_bundle(bank.station, sorted(back.iterdir()), SILENT)
    told = order(bank.station, bank.ids[1]).order.reply
    assert told is not None
    assert "9500.00" in told.remark, "the station reads that another order has the rest"
    assert [hop.amount_fen for hop in told.hops] == [50_000]


def test_a_row_that_does_not_say_the_same_of_all_waits_and_none_is_answered(bank: Bank) -> None:
    stranger = order(bank.centre, bank.other).order.number
    numbers = [order(bank.centre, key).order.number for key in bank.ids]
    for trouble, said in (
        (Trouble.SEVERAL_ORDERS, {NUMBER: numbers[0]}),
        (Trouble.SEVERAL_ORDERS, {NUMBER: f"{numbers[0]}，{stranger}"}),
        (Trouble.SEVERAL_ORDERS, {KEY: f"{bank.ids[0]}\n{bank.other}", NUMBER: ""}),
        (Trouble.NO_ORDER, {KEY: "", NUMBER: f"{numbers[0]}\n1124-A-9999-Z1"}),
        (Trouble.NO_ORDER, {KEY: f"{bank.ids[0]}\nnobody", NUMBER: ""}),
        (Trouble.RULE, {"执行金额(元)": "24000.01"}),
        (Trouble.RESULT, {"办理结果": "看情况"}),
    ):
        assert bank.answer(said).queued == 1, said
        (item,) = queued_answers(bank.centre)
        assert item.answer.trouble is trouble, said
        set_answer_aside(bank.centre, item.key, "银行重发")
    assert bank.replies() == [("", 0)] * 3
    one = bank.answer({KEY: bank.ids[1], NUMBER: numbers[1], "执行金额(元)": "8000.01"})
    assert one.queued == 1, "what is said of one of them is no more than it asked for"


def test_numbers_in_any_order_and_without_their_key_mean_the_same(bank: Bank) -> None:
    def turned(row: dict[str, str]) -> None:
        del row[KEY]
        row[NUMBER] = " ; ".join(reversed(row[NUMBER].split("\n")))

    assert bank.answer({"执行金额(元)": "24000", "办理结果": "成功"}, turned).taken == 3
    assert bank.replies() == [("done", 700_000), ("done", 800_000), ("done", 900_000)]


def test_a_withdrawn_order_gets_what_is_left_and_needs_no_refusal(bank: Bank) -> None:
    withdraw_order(bank.station, bank.ids[0], "已经追回")
    bank.carry("later")
    assert bank.answer({"执行金额(元)": "17500"}).taken == 3
    assert bank.replies() == [("partial", 50_000), ("done", 800_000), ("done", 900_000)]
    assert bank.answer({"执行金额(元)": "17500"}).already == 3
    assert order(bank.centre, bank.ids[0]).state is OrderState.WITHDRAWN


def test_what_a_bank_refused_says_nothing_of_a_withdrawn_order(bank: Bank) -> None:
    withdraw_order(bank.station, bank.ids[0], "已经追回")
    bank.carry("later")
    taken = bank.answer({"办理结果": "失败", "执行金额(元)": "", "失败原因": "账户已销户"})
    assert (taken.taken, taken.queued) == (2, 0)
    assert bank.replies() == [("", 0), ("failed", 0), ("failed", 0)]


def test_an_order_that_was_answered_before_lets_the_row_wait_until_a_person_chose(
    bank: Bank,
) -> None:
    """The bank rang before it sent the form, and said another sum of one of the three."""
    rang = OrderReply(
        ReplyResult.PARTIAL, 100_000, 0, START, START + timedelta(hours=48), "", "", "", START
    )
    reply(bank.centre, bank.ids[0], rang)
    assert bank.answer().queued == 1
    (item,) = queued_answers(bank.centre)
    assert (item.answer.trouble, item.order) == (Trouble.DIFFERS, bank.ids[0])
    assert bank.replies()[1:] == [("", 0)] * 2

    settle_answer(bank.centre, item.key, bank.ids[1])
    assert bank.replies() == [("partial", 100_000), ("partial", 250_000), ("partial", 0)]
    assert queued_answers(bank.centre), "of one of them it still says something else"
    found = compare_answer(bank.centre, item.key, bank.ids[0])
    assert found.current is not None
    assert found.reply.amount_fen == 700_000
    settle_answer(bank.centre, item.key, bank.ids[0], ReplyBaseline(found.current.reply))
    assert sum(fen for _, fen in bank.replies()) == 950_000
    assert queued_answers(bank.centre) == ()


def test_what_a_person_types_for_one_order_leaves_the_others_to_be_typed(bank: Bank) -> None:
    assert bank.answer({"执行金额(元)": "24000.01"}).queued == 1
    (item,) = queued_answers(bank.centre)
    typed = replace(
        OrderReply(ReplyResult.PARTIAL, 1, 0, START, None, "", "", "", START), remark="已核"
    )
    settle = partial(settle_answer, bank.centre, item.key, typed=typed)
    for key in bank.ids:
        assert queued_answers(bank.centre)
        settle(key)
    assert queued_answers(bank.centre) == ()
    assert [fen for _, fen in bank.replies()] == [1, 1, 1]
    assert order(bank.centre, bank.other).order.reply is None

"""Orders out in packs and their answers back, as clean and as dirty as clerks send them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from desktop.bundles.volumes.quarantine import Quarantine
from desktop.centre.answers import take_files
from desktop.centre.batch_files import file_name, write_batches
from desktop.centre.ingest import ingest
from desktop.centre.replies import reply, write_replies
from desktop.domain.case_file.orders.dispatch_batch import WrittenBatch
from desktop.domain.case_file.orders.order_row import moment
from desktop.domain.case_file.orders.order_rules import open_hops
from desktop.domain.errors import AppError, Cancelled
from desktop.domain.orders.order import Order, OrderKind, OrderReply, OrderState, ReplyResult
from desktop.domain.orders.reply import NextHop
from desktop.domain.orders.sending.answer import Trouble
from desktop.domain.progress import SILENT
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import ANSWER_QUEUED
from desktop.services.exchange.export.export_bundle import export_bundle
from desktop.services.exchange.take_in.apply_bundle import apply_bundle
from desktop.services.look_up import case_file, order, orders
from desktop.services.orders.answers.answer_queue import (
    compare_answer,
    queued_answers,
    set_answer_aside,
    settle_answer,
)
from desktop.services.orders.answers.dispatch_batches import (
    batch_orders,
    dispatch_batches,
    dispatch_to,
    receivers,
    remind,
    to_chase,
)
from desktop.services.orders.answers.record_reply import ReplyBaseline
from desktop.services.orders.issue_order import issue_orders, issue_stop
from desktop.services.orders.order_request import About, propose_order
from desktop.services.session import Session
from desktop.ui.centre.batches.batches_screen import read_batches
from tests.centre.answer_files import Rows, filled, save, save_csv, sheets_of
from tests.support.clocks import START
from tests.support.error_texts import assert_error
from tests.support.sessions import Seat, a_form
from tests.support.strict import all_of

BANKS = ("中国农业银行", "中国工商银行兰州分行", "中国农业银行")


@pytest.fixture
def stops(session: Session, centre: Session, quick_folder: Path) -> tuple[Order, ...]:
    """A stop at one bank, at another, and at the first again; known at the centre."""
    made = []
    for number, bank in enumerate(BANKS):
        form = a_form(session)
        account = f"62284800100{number:08d}"
        first = replace(form.transfers[0], payee_bank=bank, payee_account=account)
        form = replace(form, transfers=(first,))
        made.append(issue_stop(session, form, 0, confirmed=True).order)
    stick = quick_folder / "stick"
    stick.mkdir()
    export_bundle(session, stick, SILENT)
    ingest(centre, Quarantine(quick_folder / "no"), [stick], SILENT)
    return tuple(made)


@pytest.fixture
def sent(centre: Session, stops: tuple[Order, ...], quick_folder: Path) -> tuple[WrittenBatch, ...]:
    assert stops
    return write_batches(centre, batch_orders(centre), quick_folder / "out", SILENT)


class Stopped:
    """The person asked to stop."""

    def advance(self, done: int, total: int) -> None: ...

    def check(self) -> None:
        raise Cancelled


def test_writing_can_be_stopped_and_done_again(
    centre: Session, stops: tuple[Order, ...], quick_folder: Path
) -> None:
    assert stops
    made = batch_orders(centre)
    with pytest.raises(Cancelled):
        write_batches(centre, made, quick_folder / "out", Stopped())
    assert list((quick_folder / "out").iterdir()) == []
    assert len(
        write_batches(centre, dispatch_batches(centre), quick_folder / "out", SILENT)
    ) == len(made)


def done(row: Mapping[str, str]) -> dict[str, str]:
    """What a diligent clerk writes."""
    return {
        "办理结果": "成功",
        "执行金额(元)": row["转出金额(元) transferAmount"],
        "执行前余额(元)": "120000.55",
        "措施起始时间": moment(START),
        "反馈机构": "中国农业银行",
        "反馈经办人": "客服 12",
    }


def states(session: Session) -> dict[str, OrderState]:
    return {view.order.id: view.state for view in orders(session)}


def test_each_receiver_gets_one_pack_with_all_that_is_asked(
    sent: tuple[WrittenBatch, ...], stops: tuple[Order, ...], centre: Session
) -> None:
    counts = {item.batch.receiver: len(item.batch.orders) for item in sent}
    assert sorted(counts.values()) == [1, 2]
    for item in sent:
        assert item.letter.read_bytes()
        head, *rows = next(iter(sheets_of(item.workbook).values()))
        assert len(rows) == len(item.batch.orders)
        for row, view in zip(rows, item.batch.orders, strict=True):
            told = dict(zip(head, row, strict=True))
            assert told["指令标识"] == view.order.id
            assert told["账号 accountNumber"] == view.order.payee.number
            assert told["转出金额(元) transferAmount"] == "98000.00"
            assert told["报文"] == "100101"
    assert receivers(centre) == ()
    with pytest.raises(AppError) as caught:
        batch_orders(centre)
    assert_error(caught.value, "pack.nothing")
    assert {view.order.id for pack in dispatch_batches(centre) for view in pack.orders} == {
        stop.id for stop in stops
    }


def test_the_window_gets_the_clock_of_whatever_waits(
    centre: Session, stops: tuple[Order, ...]
) -> None:
    waiting = read_batches(centre, SILENT).to_send
    assert sum(item.count for item in waiting) == len(stops)
    assert sum(item.amount_fen for item in waiting) == sum(stop.amount_fen for stop in stops)
    clocks = [item.first.clock for item in waiting]
    assert all_of(clock is not None and clock.name == "golden" for clock in clocks)
    assert not any(item.missed for item in waiting)


def test_the_same_pack_is_written_the_same_again(
    sent: tuple[WrittenBatch, ...], centre: Session, quick_folder: Path
) -> None:
    again = write_batches(centre, dispatch_batches(centre), quick_folder / "again", SILENT)
    first = {item.batch.number: item.workbook.read_bytes() for item in sent}
    assert {item.batch.number: item.workbook.read_bytes() for item in again} == first


def test_a_filled_table_answers_every_order_once_and_the_station_learns(
    sent: tuple[WrittenBatch, ...], centre: Session, session: Session, quick_folder: Path
) -> None:
    files = [
        save(quick_folder / f"{n}.xlsx", filled(item.workbook, done)) for n, item in enumerate(sent)
    ]
    taken = take_files(centre, files, SILENT)
    assert [item.taken.taken for item in taken if item.taken] == [
        len(item.batch.orders) for item in sent
    ]
    assert set(states(centre).values()) == {OrderState.DONE}
    said = next(iter(orders(centre))).order.reply
    assert said is not None
    assert said.balance_fen == 12_000_055
    assert said.ends_at == START + timedelta(hours=48), "the law's end where the bank gave none"

    again = take_files(centre, files, SILENT)
    assert all_of(item.taken and not item.taken.taken and not item.taken.queued for item in again)

    back = quick_folder / "back"
    back.mkdir()
    write_replies(centre, back, SILENT)
    apply_bundle(session, sorted(back.iterdir()), SILENT)
    assert set(states(session).values()) == {OrderState.DONE}
    assert all_of(view.order.dispatch.pack for view in orders(session))


def test_each_receiver_is_reminded_once_of_all_that_is_overdue(
    sent: tuple[WrittenBatch, ...], centre: Session, centre_seat: Seat, quick_folder: Path
) -> None:
    with pytest.raises(AppError) as caught:
        remind(centre)
    assert_error(caught.value, "pack.none_late")
    twice = next(item for item in sent if len(item.batch.orders) == 2)
    first, second = (view.order for view in twice.batch.orders)
    only = filled(twice.workbook, lambda row: done(row) if row["指令标识"] == first.id else {})
    take_files(centre, [save(quick_folder / "first.xlsx", only)], SILENT)
    centre_seat.clock.advance(hours=5)
    written = write_batches(centre, remind(centre), quick_folder / "out", SILENT)
    assert [len(item.batch.orders) for item in written] == [1, 1]
    again = next(item for item in written if item.batch.receiver == twice.batch.receiver)
    assert (
        again.workbook.name == f"{twice.batch.number}-催办-{file_name(twice.batch.receiver)}.xlsx"
    )
    assert twice.workbook.exists(), "what was sent before stays beside it"
    head, row = next(iter(sheets_of(again.workbook).values()))
    assert dict(zip(head, row, strict=True))["指令标识"] == second.id
    take_files(centre, [save(quick_folder / "x.xlsx", filled(again.workbook, done))], SILENT)
    assert [pack.receiver for pack in remind(centre)] == [
        item.batch.receiver for item in sent if item is not twice
    ]


def moved(rows: Rows) -> Rows:
    """Columns in another order, an empty line, and the names repeated as a page break leaves them."""
    turned = [list(reversed(row)) for row in rows]
    return [["反馈表"], *turned[:2], [""], turned[0], *turned[2:]]


def renamed(rows: Rows) -> Rows:
    names = {
        "办理结果": "处理 结果",
        "执行金额(元)": "止付金额（元）",
        "账号 accountNumber": "账号",
    }
    return [[names.get(title, title) for title in rows[0]], *rows[1:]]


def without_key(rows: Rows) -> Rows:
    return [row[1:] for row in rows]


@pytest.mark.parametrize("dirt", [moved, renamed, without_key])
def test_what_clerks_do_to_a_table_does_not_matter(
    dirt: object, sent: tuple[WrittenBatch, ...], centre: Session, quick_folder: Path
) -> None:
    files = []
    for n, item in enumerate(sent):
        rows = dirt(next(iter(filled(item.workbook, done).values())))  # type: ignore[operator]
        files.append(save_csv(quick_folder / f"{n}.csv", rows))
    taken = take_files(centre, files, SILENT)
    assert sum(item.taken.taken for item in taken if item.taken) == 3, taken
    assert set(states(centre).values()) == {OrderState.DONE}


def test_money_as_numbers_is_read_and_rounded_accounts_are_not(
    sent: tuple[WrittenBatch, ...], centre: Session, quick_folder: Path
) -> None:
    item = next(item for item in sent if len(item.batch.orders) == 1)
    money = ("执行金额(元)", "执行前余额(元)", "账号 accountNumber")
    save(quick_folder / "a.xlsx", filled(item.workbook, done), numbers=money)
    (taken,) = take_files(centre, [quick_folder / "a.xlsx"], SILENT)
    assert taken.taken is not None
    assert taken.taken.taken == 1
    assert taken.taken.rounded == (item.batch.orders[0].order.number,), "known by its key, told"

    other = next(item for item in sent if len(item.batch.orders) == 2)
    damaged = filled(other.workbook, lambda row: done(row) | {"卡号": "6228480010000000000"})
    save(quick_folder / "b.xlsx", damaged, numbers=("卡号",))
    take_files(centre, [quick_folder / "b.xlsx"], SILENT)
    assert {item.answer.trouble for item in queued_answers(centre)} == {Trouble.DAMAGED}
    assert {item.answer.column for item in queued_answers(centre)} == {"卡号"}


@pytest.mark.parametrize("written", ["6.22848E+18", "6.228480010000E+18", "６.２２８４８Ｅ＋１８"])
def test_an_account_that_a_spreadsheet_rounded_names_no_order(
    written: str, sent: tuple[WrittenBatch, ...], centre: Session, quick_folder: Path
) -> None:
    """As text in a csv, and with nothing else left to know the order by."""
    item = next(item for item in sent if len(item.batch.orders) == 1)
    lost = {"指令标识": "", "本地指令号": "", "账号 accountNumber": written, "卡号": written}
    rows = next(iter(filled(item.workbook, lambda row: done(row) | lost).values()))
    take_files(centre, [save_csv(quick_folder / "a.csv", rows)], SILENT)
    (waiting,) = queued_answers(centre)
    assert waiting.answer.trouble is Trouble.DAMAGED
    assert OrderState.DONE not in states(centre).values()


def test_a_row_whose_only_number_was_rounded_says_so_and_what_else_it_tells(
    sent: tuple[WrittenBatch, ...], centre: Session, quick_folder: Path
) -> None:
    item = next(item for item in sent if len(item.batch.orders) == 1)
    lost = {"指令标识": "", "本地指令号": "", "账号 accountNumber": "6230520010037788996"}
    sheets = filled(item.workbook, lambda row: done(row) | lost)
    path = save(quick_folder / "a.xlsx", sheets, numbers=("账号 accountNumber",))
    take_files(centre, [path], SILENT)
    (waiting,) = queued_answers(centre)
    told = waiting.answer
    assert (told.trouble, told.column) == (Trouble.DAMAGED, "账号 accountNumber")
    assert told.reply is not None, "it can be recorded for an order that a person chooses"
    asked = item.batch.orders[0].order
    assert told.asked["账户名 accountName"] == asked.payee.name
    assert told.asked["申请机构 applicationOrgName"] == asked.unit_name
    settle_answer(centre, waiting.key, asked.id)
    assert order(centre, asked.id).state is OrderState.DONE


TROUBLES = [
    ({"指令标识": "?", "本地指令号": "?", "账号 accountNumber": "?"}, Trouble.NO_ORDER, ""),
    ({"办理结果": "看情况"}, Trouble.RESULT, ""),
    ({"执行金额(元)": "很多"}, Trouble.AMOUNT, ""),
    ({"措施起始时间": "昨天"}, Trouble.TIME, ""),
    ({"执行金额(元)": "98000.01"}, Trouble.RULE, "reply.too_much"),
    ({"措施起始时间": ""}, Trouble.RULE, "reply.period"),
]


@pytest.mark.parametrize(("change", "trouble", "code"), TROUBLES)
def test_what_can_not_be_taken_waits_with_its_reason(
    change: Mapping[str, str],
    trouble: Trouble,
    code: str,
    sent: tuple[WrittenBatch, ...],
    centre: Session,
    quick_folder: Path,
) -> None:
    item = next(item for item in sent if len(item.batch.orders) == 1)
    path = save(
        quick_folder / "a.xlsx", filled(item.workbook, lambda row: done(row) | dict(change))
    )
    for _ in range(2):
        take_files(centre, [path], SILENT)
    (waiting,) = queued_answers(centre)
    assert (waiting.answer.trouble, waiting.code) == (trouble, code)
    assert waiting.answer.texts["反馈经办人"] == "客服 12"
    assert order(centre, item.batch.orders[0].order.id).state is not OrderState.DONE

    set_answer_aside(centre, waiting.key, "银行重发")
    take_files(centre, [path], SILENT)
    assert queued_answers(centre) == ()


def test_what_could_not_be_read_is_settled_with_what_a_person_typed(
    sent: tuple[WrittenBatch, ...], centre: Session, quick_folder: Path
) -> None:
    item = next(item for item in sent if len(item.batch.orders) == 1)
    key = item.batch.orders[0].order.id
    unclear = filled(item.workbook, lambda row: done(row) | {"办理结果": "已经弄好"})
    take_files(centre, [save(quick_folder / "a.xlsx", unclear)], SILENT)
    (waiting,) = queued_answers(centre)
    assert waiting.order == key
    typed = OrderReply(ReplyResult.FAILED, 0, 0, None, None, "农行", "", "余额为零", START)
    settle_answer(centre, waiting.key, key, typed=typed)
    assert order(centre, key).state is OrderState.FAILED
    assert queued_answers(centre) == ()


def test_what_another_device_calls_an_answer_does_not_wait_here(centre: Session) -> None:
    with centre.store.write() as transaction:
        strange = NewEntry(ANSWER_QUEUED, "answer/ELSEWHERE/1", {"file": "回函.xlsx"})
        transaction.append("620134", strange)
    assert queued_answers(centre) == ()


def test_a_second_word_waits_until_a_person_takes_it(
    sent: tuple[WrittenBatch, ...], centre: Session, quick_folder: Path
) -> None:
    item = next(item for item in sent if len(item.batch.orders) == 1)
    stop = item.batch.orders[0].order
    first = save(quick_folder / "a.xlsx", filled(item.workbook, done))
    second = save(
        quick_folder / "b.xlsx",
        filled(
            item.workbook, lambda row: done(row) | {"办理结果": "部分成功", "执行金额(元)": "5"}
        ),
    )
    take_files(centre, [first, second], SILENT)
    assert order(centre, stop.id).state is OrderState.DONE
    (waiting,) = queued_answers(centre)
    assert waiting.answer.trouble is Trouble.DIFFERS
    with pytest.raises(AppError) as caught:
        settle_answer(centre, waiting.key, waiting.order)
    assert_error(caught.value, "answer.other_stands")
    assert caught.value.params["by"] == "620134"
    assert order(centre, stop.id).state is OrderState.DONE
    found = compare_answer(centre, waiting.key, waiting.order)
    assert found.current is not None
    assert found.current.reply == order(centre, stop.id).order.reply
    assert (found.reply.result, found.reply.amount_fen) == (ReplyResult.PARTIAL, 500)
    settle_answer(centre, waiting.key, waiting.order, ReplyBaseline(found.current.reply))
    assert order(centre, stop.id).state is OrderState.PARTIAL
    assert queued_answers(centre) == ()
    with pytest.raises(AppError) as caught:
        settle_answer(centre, waiting.key, waiting.order)
    assert_error(caught.value, "answer.settled")


def test_a_reply_recorded_since_a_person_looked_is_not_replaced(
    sent: tuple[WrittenBatch, ...], centre: Session, quick_folder: Path
) -> None:
    """One clerk compares, another records: the first is asked anew, and the answer goes on waiting."""
    item = next(item for item in sent if len(item.batch.orders) == 1)
    key = item.batch.orders[0].order.id
    lost = {"指令标识": "?", "本地指令号": "?", "账号 accountNumber": "?"}
    path = save(quick_folder / "a.xlsx", filled(item.workbook, lambda row: done(row) | lost))
    take_files(centre, [path], SILENT)
    (waiting,) = queued_answers(centre)
    found = compare_answer(centre, waiting.key, key)
    assert found.current is None
    other = replace(found.reply, result=ReplyResult.FAILED, amount_fen=0, remark="余额为零")
    reply(centre, key, other)
    with pytest.raises(AppError) as caught:
        settle_answer(centre, waiting.key, key)
    assert_error(caught.value, "answer.other_stands")
    said = order(centre, key).order.reply
    assert said is not None
    assert said.remark == "余额为零"
    assert waiting in queued_answers(centre)


def test_next_payments_come_with_their_order(
    sent: tuple[WrittenBatch, ...], centre: Session, quick_folder: Path
) -> None:
    item = next(item for item in sent if len(item.batch.orders) == 1)
    sheets = filled(item.workbook, done)
    hops = sheets["下一级转账"]
    hops[1][2:] = [moment(START), "王五", "6217001234567890123", "中国建设银行", "50000.00", "S1"]
    hops[2] = [
        "",
        hops[1][1],
        moment(START),
        "赵六",
        "6217001234567890124",
        "招商银行",
        "48000",
        "",
    ]
    save(quick_folder / "a.xlsx", sheets)
    (taken,) = take_files(centre, [quick_folder / "a.xlsx"], SILENT)
    said = order(centre, item.batch.orders[0].order.id).order.reply
    assert said is not None
    assert [(hop.account, hop.amount_fen) for hop in said.hops] == [
        ("6217001234567890123", 5_000_000),
        ("6217001234567890124", 4_800_000),
    ]
    assert taken.taken is not None
    assert taken.taken.hops == 2


@pytest.mark.parametrize(
    ("title", "text", "trouble"),
    [
        ("下级账号", "6.217E+18", Trouble.DAMAGED),
        ("转出金额(元)", "约五万", Trouble.AMOUNT),
        ("转出时间", "上午", Trouble.TIME),
    ],
)
def test_a_next_payment_that_can_not_be_read_is_lost_by_nobody(
    title: str, text: str, trouble: Trouble, sent: tuple[WrittenBatch, ...], centre: Session, quick_folder: Path
) -> None:  # fmt: skip
    """A rounded number would let the next stop fall on somebody else's account."""
    item = next(item for item in sent if len(item.batch.orders) == 1)
    sheets = filled(item.workbook, done)
    head, first, *_ = sheets["下一级转账"]
    told = {"下级账号": "6217001234567890123", "转出金额(元)": "1", title: text}
    sheets["下一级转账"][1] = [told.get(name, first[at]) for at, name in enumerate(head)]
    path = save(quick_folder / "a.xlsx", sheets)
    for _ in range(2):
        take_files(centre, [path], SILENT)
    (waiting,) = queued_answers(centre)
    assert (waiting.answer.trouble, waiting.answer.column) == (trouble, title)
    assert waiting.answer.texts[title] == text
    assert order(centre, item.batch.orders[0].order.id).order.reply is None


def test_an_answer_that_waits_keeps_the_words_of_its_next_payments(
    sent: tuple[WrittenBatch, ...], centre: Session, quick_folder: Path
) -> None:
    """The result can not be read: where the money went must not be lost with it."""
    item = next(item for item in sent if len(item.batch.orders) == 1)
    sheets = filled(item.workbook, lambda row: done(row) | {"办理结果": "弄好了"})
    key = sheets["下一级转账"][1][0]
    for line, name in enumerate(("王五", "赵六"), 1):
        hop = [key, "", moment(START), name, "6217001234567890123", "中国建设银行", "500", ""]
        sheets["下一级转账"][line] = hop
    take_files(centre, [save(quick_folder / "a.xlsx", sheets)], SILENT)
    (waiting,) = queued_answers(centre)
    assert waiting.answer.trouble is Trouble.RESULT
    assert "王五　6217001234567890123" in waiting.answer.texts["下一级转账 1"]
    assert "赵六" in waiting.answer.texts["下一级转账 2"]


def test_the_next_tier_is_stopped_from_the_centre_and_the_station_learns(
    sent: tuple[WrittenBatch, ...], centre: Session, session: Session, quick_folder: Path
) -> None:
    view = sent[0].batch.orders[0]
    hop = NextHop("王五", "6217001234567890123", "中国建设银行", 5_000_000, START)
    moved = OrderReply(
        ReplyResult.FAILED, 0, 0, None, None, "农行", "", "已转走", START, hops=(hop,)
    )
    reply(centre, view.order.id, moved)
    about = About(order=view.order.id, hop=0)
    file = case_file(centre, view.case)
    request = propose_order(centre, file, OrderKind.STOP, about)
    (issued,) = issue_orders(centre, view.case, (request,), confirmed=True)
    assert open_hops(order(centre, view.order.id), case_file(centre, view.case).orders) == ()

    (pack,) = batch_orders(centre)
    assert [item.order.id for item in pack.orders] == [issued.order.id]
    held = OrderReply(
        ReplyResult.DONE, 5_000_000, 0, START, START + timedelta(hours=48), "建行", "", "", START
    )
    reply(centre, issued.order.id, held)

    back = quick_folder / "back"
    back.mkdir()
    write_replies(centre, back, SILENT)
    done = apply_bundle(session, sorted(back.iterdir()), SILENT)
    assert (done.problems, done.conflicts) == ((), 0)
    known = order(session, issued.order.id)
    assert (known.state, known.order.dispatch.pack) == (OrderState.DONE, pack.number)
    assert known.order.payee.number == hop.account


def test_what_is_not_answered_in_time_is_chased(
    sent: tuple[WrittenBatch, ...], centre_seat: Seat, centre: Session
) -> None:
    assert to_chase(centre) == ()
    centre_seat.clock.advance(hours=5)
    assert {pack.number for pack in to_chase(centre)} == {item.batch.number for item in sent}


def test_a_file_that_is_no_table_hinders_no_other(
    sent: tuple[WrittenBatch, ...], centre: Session, quick_folder: Path
) -> None:
    bad = quick_folder / "x.xlsx"
    bad.write_bytes(b"PK\x03\x04 no workbook")
    gone = quick_folder / "gone.csv"
    notes = save_csv(quick_folder / "notes.csv", [["a", "b"], ["1", "2"]])
    good = save(quick_folder / "a.xlsx", filled(sent[0].workbook, done))
    found = take_files(centre, [bad, gone, notes, good], SILENT)
    assert [bool(item.error) for item in found] == [True, True, True, False]
    for item in found[:3]:
        assert item.error is not None
        assert_error(item.error, item.error.code)


def test_names_of_receivers_fit_any_medium() -> None:
    assert file_name('中国/银行:*"..') == "中国_银行"
    assert file_name("...") == "_"
    assert len(file_name("行" * 99)) <= 40


def test_a_table_that_a_bank_filled_in_is_never_written_over(
    sent: tuple[WrittenBatch, ...], centre: Session, quick_folder: Path
) -> None:
    folder = quick_folder / "out"
    answered, other = sent
    reply = filled(answered.workbook, done)
    save(answered.workbook, reply)
    before = {path: path.read_bytes() for path in folder.iterdir()}
    for _twice in range(2):
        again = {
            item.batch.number: item
            for item in write_batches(centre, dispatch_batches(centre), folder, SILENT)
        }
        written = again[answered.batch.number]
        assert written.beside
        assert not again[other.batch.number].beside
        assert {path: path.read_bytes() for path in before} == before
        assert written.workbook.name.endswith("-2.xlsx")
    assert sum(path.suffix == ".xlsx" for path in folder.iterdir()) == len(sent) + 1


def test_an_order_without_receiver_goes_where_the_centre_found_out(
    session: Session, centre: Session, quick_folder: Path
) -> None:
    made = []
    for number in range(2):
        form = a_form(session)
        payment = replace(
            form.transfers[0], payee_bank="", payee_account=f"62284800100{number:08d}"
        )
        form = replace(form, transfers=(payment,))
        made.append(issue_stop(session, form, 0, confirmed=True).order)
    stick = quick_folder / "stick"
    stick.mkdir()
    export_bundle(session, stick, SILENT)
    ingest(centre, Quarantine(quick_folder / "no"), [stick], SILENT)
    with pytest.raises(AppError) as caught:
        batch_orders(centre)
    assert_error(caught.value, "pack.nothing")
    first, second = (stop.id for stop in made)
    for name, source in (("", "来电"), ("某银行", " \u200b"), ("某" * 61, "来电")):
        with pytest.raises(AppError) as caught:
            dispatch_to(centre, (first,), name, source)
        assert_error(caught.value, "pack.no_receiver")
    (batch,) = dispatch_to(centre, (first,), "中国农业银行\u202e", "卡号前 6 位")
    assert (batch.receiver, [view.order.id for view in batch.orders]) == ("中国农业银行", [first])
    sent = order(centre, first).order.dispatch
    assert sent.to == "中国农业银行（依据：卡号前 6 位）"
    with pytest.raises(AppError) as caught:
        dispatch_to(centre, (first, second), "中国农业银行", "来电")
    assert_error(caught.value, "pack.nothing")
    (nobody,) = receivers(centre)
    assert (nobody.name, [row.view.order.id for row in nobody.nameless]) == ("", [second])

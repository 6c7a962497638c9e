"""What clerks write beside the answers: sums of a column, signs for nothing, columns of their own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.bundles.volumes.quarantine import Quarantine
from desktop.centre.answers import readable_parts, take_files
from desktop.centre.batch_files import write_batches
from desktop.centre.ingest import ingest
from desktop.domain.cases.intake import IdentifierText
from desktop.domain.orders.order import OrderKind, OrderReply, ReplyResult
from desktop.domain.orders.sending.answer import Trouble
from desktop.domain.progress import SILENT
from desktop.services.cases.changes.register_report import register_report
from desktop.services.exchange.export.export_bundle import export_bundle
from desktop.services.look_up import case_file, orders
from desktop.services.orders.answers.answer_queue import queued_answers
from desktop.services.orders.answers.dispatch_batches import batch_orders
from desktop.services.orders.answers.take_answers import TakenAnswers
from desktop.services.orders.issue_order import issue_orders, issue_stop
from desktop.services.orders.order_request import name_target, propose_order
from desktop.services.session import Session
from tests.centre.answer_files import Rows, save, save_csv, sheets_of
from tests.support.clocks import START
from tests.support.sessions import a_form

SITE = "https://bank-safe.example/login"
AUTHORITY = "甘肃省通信管理局"


@pytest.fixture
def tables(session: Session, centre: Session, quick_folder: Path) -> Mapping[str, Path]:
    """The tables of a pack of a bank and of one of the authority that blocks sites."""
    lead = IdentifierText(session.ids.new_id(), "url", SITE)
    form = a_form(session, identifiers=(lead,))
    issue_stop(session, form, 0, confirmed=True)
    case = register_report(session, form).case
    file = case_file(session, case)
    about = name_target(file, OrderKind.BLOCK, 1, SITE)
    asked = propose_order(session, file, OrderKind.BLOCK, about)
    issue_orders(session, case, [replace(asked, addressee=AUTHORITY)], confirmed=True)
    stick = quick_folder / "stick"
    stick.mkdir()
    export_bundle(session, stick, SILENT)
    ingest(centre, Quarantine(quick_folder / "no"), [stick], SILENT)
    packed = write_batches(centre, batch_orders(centre), quick_folder / "out", SILENT)
    return {item.batch.receiver: item.workbook for item in packed}


def rows_of(path: Path, **filled: str) -> Rows:
    """Head and the only order of the first sheet, filled in."""
    head, row = next(iter(sheets_of(path).values()))
    for title, text in filled.items():
        row[head.index(title)] = text
    return [head, row]


def taken(centre: Session, path: Path) -> TakenAnswers:
    (file,) = take_files(centre, [path], SILENT)
    assert file.taken is not None, file.error
    return file.taken


def replies(centre: Session) -> list[OrderReply]:
    return [view.order.reply for view in orders(centre) if view.order.reply is not None]


def bank(tables: Mapping[str, Path], **filled: str) -> Rows:
    return rows_of(
        tables["中国农业银行"], 办理结果="部分成功", 措施起始时间="20261124103107", **filled
    )


@pytest.mark.parametrize(
    ("word", "result"),
    [
        ("已封堵", ReplyResult.DONE),
        ("无法封堵", ReplyResult.FAILED),
        ("部分封堵", ReplyResult.PARTIAL),
    ],
)
def test_an_authority_says_what_it_did_in_its_own_words(
    word: str, result: ReplyResult, tables: Mapping[str, Path], centre: Session, quick_folder: Path
) -> None:
    rows = rows_of(
        tables[AUTHORITY],
        办理结果=word,
        失败原因="境外服务器",
        开户日期="45720",
        办理时间="2026/11/24 10:31:07",
    )
    assert taken(centre, save_csv(quick_folder / "a.csv", rows)).taken == 1
    (reply,) = replies(centre)
    assert (reply.result, reply.line.opened_on) == (result, "2025-03-04")
    assert reply.line.done_at == START


@pytest.mark.parametrize(
    ("written", "fen"),
    [("5.2万元", 5_200_000), ("人民币52,000元整", 5_200_000), ("/", 0), ("无", 0)],
)
def test_sums_are_read_as_people_write_them(
    written: str, fen: int, tables: Mapping[str, Path], centre: Session, quick_folder: Path
) -> None:
    filled = {"执行金额(元)": "100", "执行前余额(元)": written}
    assert taken(centre, save_csv(quick_folder / "a.csv", bank(tables, **filled))).taken == 1
    (reply,) = replies(centre)
    assert (reply.balance_fen, reply.emptied) == (fen, False)


@pytest.mark.parametrize("written", ["5万2", "伍万贰仟元", "1,00"])
def test_a_sum_that_may_be_another_waits(
    written: str, tables: Mapping[str, Path], centre: Session, quick_folder: Path
) -> None:
    taken(centre, save_csv(quick_folder / "a.csv", bank(tables, **{"执行金额(元)": written})))
    assert [item.answer.trouble for item in queued_answers(centre)] == [Trouble.AMOUNT]


def test_a_line_of_sums_is_no_answer(
    tables: Mapping[str, Path], centre: Session, quick_folder: Path
) -> None:
    head, row = bank(tables, **{"执行金额(元)": "100"})
    total = ["合计 1 户", *[""] * (len(head) - 1)]
    total[head.index("执行金额(元)")] = "100"
    hops = sheets_of(tables["中国农业银行"])["下一级转账"][:1]
    sums = ["", "", "", "合计", "", "", "100", ""]
    found = taken(
        centre, save(quick_folder / "a.xlsx", {"反馈": [head, row, total], "下级": [*hops, sums]})
    )
    assert (found.taken, found.queued, found.blank, found.stray) == (1, 0, 0, 0)


def test_a_story_that_begins_like_a_sum_hides_no_answer(
    tables: Mapping[str, Path], centre: Session, quick_folder: Path
) -> None:
    filled = {
        "事由 reason": "共计被骗 98000 元",
        "账号 accountNumber": "",
        "执行金额(元)": "100",
        "办理结果": "",
    }
    rows = rows_of(tables["中国农业银行"], **filled)
    assert taken(centre, save_csv(quick_folder / "a.csv", rows)).queued == 1


def test_columns_that_nobody_knows_are_named(
    tables: Mapping[str, Path], centre: Session, quick_folder: Path
) -> None:
    head, row = bank(tables, **{"执行金额(元)": "100"})
    rows = [["序号", *head, "网点负责人", "空列"], ["1", *row, "马行长", ""]]
    found = taken(centre, save_csv(quick_folder / "a.csv", rows))
    assert (found.taken, found.unread) == (1, ("网点负责人",))


def test_what_came_before_and_waits_still_is_not_called_recorded(
    tables: Mapping[str, Path], centre: Session, quick_folder: Path
) -> None:
    path = save_csv(quick_folder / "a.csv", rows_of(tables[AUTHORITY], 办理结果="弄好了"))
    assert taken(centre, path).queued == 1
    again = taken(centre, path)
    assert (again.queued, again.waiting, again.already) == (0, 1, 0)


def test_what_can_be_read_of_an_answer_needs_no_typing(
    tables: Mapping[str, Path], centre: Session, quick_folder: Path
) -> None:
    filled = {
        "执行前余额(元)": "5.2万",
        "执行金额(元)": "大约一百",
        "反馈机构": "农行",
        "办理结果": "弄好了",
    }
    rows = rows_of(tables["中国农业银行"], **filled, 措施起始时间="20261124103107")
    taken(centre, save_csv(quick_folder / "a.csv", rows))
    (item,) = queued_answers(centre)
    parts = readable_parts(item)
    assert (parts.balance_fen, parts.amount_fen, parts.organisation) == (5_200_000, 0, "农行")
    assert parts.starts_at == START

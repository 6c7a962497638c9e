"""Packs and answers that nobody made, over a real centre."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from desktop.domain.case_file.orders.dispatch_batch import DispatchBatch, WrittenBatch, reminders
from desktop.domain.case_file.views import OrderView
from desktop.domain.errors import AppError
from desktop.domain.ids import OrderId
from desktop.domain.orders.dispatch import Dispatch
from desktop.domain.orders.order import OrderReply, OrderState, ReplyResult
from desktop.domain.orders.sending.answer import AnswerRow, QueuedAnswer, Trouble
from desktop.domain.progress import Progress
from desktop.services.orders.answers.answer_queue import Comparison
from desktop.services.orders.answers.current_reply import CurrentReply
from desktop.services.orders.answers.dispatch_batches import Receiver
from desktop.services.orders.answers.record_reply import ReplyBaseline
from desktop.services.orders.answers.take_answers import AnswerFile
from desktop.services.orders.list_orders import OrderRow
from desktop.services.ports import OrdersOnly
from desktop.services.session import Session
from desktop.ui.centre.batches.batches_screen import BatchesView, BatchFiles
from tests.support.counted_orders import by_clock, is_chosen
from tests.ui.centre.samples import NOW, a_reply, an_order, on_clock


def a_pack(
    number: str, receiver: str, answered: int, count: int, hours: float = 1
) -> DispatchBatch:
    """A pack sent some hours ago."""
    made = NOW - timedelta(hours=hours)
    orders = tuple(
        an_order(f"{number}{n}", OrderState.DONE if n < answered else OrderState.CARRIED)
        for n in range(count)
    )
    sent = Dispatch(number, made, receiver, "620001")
    marked = tuple(replace(v, order=replace(v.order, dispatch=sent)) for v in orders)
    return DispatchBatch(number, receiver, made, "620001", marked, made + timedelta(hours=4))


def an_answer(key: str, trouble: Trouble, code: str = "", column: str = "") -> QueuedAnswer:
    """An answer that waits."""
    texts = {"办理结果": "已经弄好", "执行金额(元)": "98000.00", "反馈经办人": "赵敏"}
    readable = trouble in {Trouble.DIFFERS, Trouble.NO_ORDER, Trouble.RULE}
    row = AnswerRow(
        "资金指令及反馈", 7, number="1124-A-0017-Z1", account="6230520010037788994",
        reply=a_reply(ReplyResult.DONE, 9_800_000) if readable else None,
        trouble=trouble, column=column, texts=texts,
    )  # fmt: skip
    return QueuedAnswer(key, "1124-C-P02-中国农业银行.xlsx", NOW, row, code)


WAITING: Mapping[str, tuple[OrderRow, ...]] = {
    "中国农业银行": on_clock(an_order("1"), an_order("2", minutes=300)),
    "财付通支付科技有限公司": on_clock(an_order("3", minutes=28, bank="财付通")),
    "中国移动通信集团甘肃有限公司": on_clock(an_order("4", minutes=500, fen=0)),
    "": on_clock(an_order("5", minutes=900, bank="")),
}
SENT = (
    a_pack("1124-C-P03", "中国建设银行", 0, 2),
    a_pack("1124-C-P02", "中国农业银行", 3, 5, hours=5),
    a_pack("1124-C-P01", "招商银行", 1, 1, hours=30),
)
QUEUE = (
    an_answer("a", Trouble.RESULT, column="办理结果"),
    an_answer("b", Trouble.DIFFERS),
    an_answer("c", Trouble.RULE, "reply.too_much"),
)


_HERE = an_order("1")
ALIKE = (
    _HERE,
    an_order("2", bank="招商银行"),
    replace(_HERE, order=replace(an_order("1", unit="西湖派出所").order, id=OrderId("there"))),
)
"""Two stations that number alike, and another order."""


def stands(by: str, operator: str) -> CurrentReply:
    """A reply somebody recorded before."""
    said = replace(a_reply(ReplyResult.PARTIAL, 4_000_000), operator=operator)
    return CurrentReply(said, by, NOW, "H3VN0W6R8YEB52KJ:12")


def about(number: str, current: CurrentReply | None) -> OrderView:
    """The order the answer is about."""
    view = an_order(number)
    return replace(view, order=replace(view.order, reply=current.reply if current else None))


def may_be_read(item: QueuedAnswer) -> OrderReply:
    """What can be read of an answer."""
    return replace(a_reply(ReplyResult.DONE, 9_800_000), operator=item.answer.texts["反馈经办人"])


def _receiver(name: str, orders: Sequence[OrderRow], now: datetime) -> Receiver:
    """Of orders, the most urgent in front."""
    chances = (row.clock for row in orders if row.clock is not None)
    return Receiver(
        name,
        orders[0],
        len(orders),
        sum(row.view.order.amount_fen for row in orders),
        min(row.view.order.issued_at for row in orders),
        any(clock.is_gone(now) for clock in chances),
        () if name else tuple(orders),
    )


@dataclass
class BatchBench:
    """A real centre, whose screen is shown packs and answers that nobody made; what is recorded is in ``calls`` and
    ``typed``. The next call raises ``fail_with``."""

    session: Session
    monkeypatch: pytest.MonkeyPatch
    waiting: Mapping[str, tuple[OrderRow, ...]] = field(default_factory=lambda: dict(WAITING))
    made: tuple[DispatchBatch, ...] = SENT
    queued: tuple[QueuedAnswer, ...] = QUEUE
    files: tuple[AnswerFile, ...] = ()
    beside: bool = False
    slips: int = 0
    calls: list[tuple[str, ...]] = field(default_factory=list)
    fail_with: AppError | None = None
    current: CurrentReply | None = None
    views: tuple[OrderView, ...] = field(default_factory=lambda: ALIKE)
    typed: list[OrderReply] = field(default_factory=list)

    def __post_init__(self) -> None:
        for place, mine in (
            ("batches.batches_screen.read_batches", self._read),
            ("batches.batch_sending.batch_orders", self._send),
            ("batches.batch_sending.remind", self._remind),
            ("batches.batch_sending.batch_slips", self._send_slips),
            ("batches.batch_sending.dispatch_to", self._send_named),
            ("answering.assigning.find_orders", self._find),
            ("answering.assigning.compare_answer", self._compare),
            ("answering.assigning.settle_answer", self._settle),
            ("answering.answer_actions.set_answer_aside", self._set_aside),
        ):
            self.monkeypatch.setattr(f"desktop.ui.centre.{place}", mine)

    @property
    def batch_files(self) -> BatchFiles:
        """What reads and writes the files."""
        return BatchFiles(self._write, self._take, may_be_read)

    def _read(self, _session: Session, _progress: Progress) -> BatchesView:
        now = self.session.clock.now()
        named = {name: by_clock(orders, now) for name, orders in self.waiting.items()}
        found = (_receiver(name, orders, now) for name, orders in named.items())
        pressing = sorted(found, key=lambda item: item.first.pressing(now).urgency(now))
        return BatchesView(tuple(pressing), self.made, self.queued, slips=self.slips)

    def _find(
        self, session: Session, words: tuple[str, ...], _progress: Progress
    ) -> tuple[OrderRow, ...]:
        only, now = OrdersOnly(words=words), session.clock.now()
        rows = (row for row in on_clock(*self.views) if words and is_chosen(row, only, now))
        return tuple(by_clock(rows, now))

    def _send(self, _session: Session, receivers: Sequence[str]) -> tuple[DispatchBatch, ...]:
        self._stumble()
        self.calls.append(("send", *receivers))
        return self.made[:1]

    def _send_slips(self, _session: Session) -> tuple[DispatchBatch, ...]:
        self.calls.append(("slips",))
        self.slips = 0
        return self.made[:1]

    def _send_named(
        self, _session: Session, _orders: Sequence[str], name: str, source: str
    ) -> tuple[DispatchBatch, ...]:
        self._stumble()
        self.calls.append(("send", name, source))
        return self.made[:1]

    def _remind(self, _session: Session) -> tuple[DispatchBatch, ...]:
        self.calls.append(("remind",))
        return reminders(batch for batch in self.made if batch.due_at <= NOW and batch.unanswered)

    def _write(
        self,
        _session: Session,
        batches: Sequence[DispatchBatch],
        folder: Path,
        progress: Progress,
    ) -> tuple[WrittenBatch, ...]:
        progress.check()
        self.calls.append(("write", *(batch.number for batch in batches), str(folder)))
        return tuple(
            WrittenBatch(batch, folder / "1.pdf", folder / f"{batch.number}.xlsx", self.beside)
            for batch in batches
        )

    def _take(
        self, _session: Session, paths: Sequence[Path], progress: Progress
    ) -> tuple[AnswerFile, ...]:
        progress.check()
        self.calls.append(("take", *(path.name for path in paths)))
        return self.files

    def _compare(self, _session: Session, key: str, order: str) -> Comparison:
        self._stumble()
        item = next(item for item in self.queued if item.key == key)
        said = item.answer.reply or a_reply(ReplyResult.DONE, 9_800_000)
        return Comparison(item, about(order, self.current), said, self.current)

    def _settle(
        self,
        _session: Session,
        key: str,
        order: str,
        seen: ReplyBaseline,
        typed: OrderReply | None = None,
    ) -> None:
        self._stumble()
        self.calls.append(("settle", key, order, seen.reply.operator if seen.reply else ""))
        if typed is not None:
            self.typed.append(typed)

    def _set_aside(self, _session: Session, key: str, reason: str) -> None:
        self._stumble()
        self.calls.append(("aside", key, reason))

    def _stumble(self) -> None:
        if self.fail_with is not None:
            error, self.fail_with = self.fail_with, None
            raise error

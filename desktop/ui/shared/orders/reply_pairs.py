"""Two replies to one order side by side, fact by fact; where they contradict each other they are bold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop.domain.orders.order import OrderKind, OrderReply
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.orders.order_reply_lines import ReplyLines
from desktop.ui.shared.widgets.label import Label

_LABEL, _STANDING, _SAID = range(3)


@dataclass(frozen=True, slots=True)
class Pair:
    """One fact of both replies; an empty text where one says nothing of it."""

    label: str
    standing: str
    said: str

    @property
    def differs(self) -> bool:
        """Whether they contradict each other here."""
        return self.standing != self.said


def compared(kit: Kit, kind: OrderKind, standing: OrderReply, said: OrderReply) -> tuple[Pair, ...]:
    """Every fact that at least one of both tells, the result first."""
    lines = ReplyLines(kit, kind, revealed=True)
    left, right = (_texts(kit, lines, reply) for reply in (standing, said))
    labels = dict.fromkeys((*left, *right))
    pairs = (Pair(label, left.get(label, ""), right.get(label, "")) for label in labels)
    return tuple(pair for pair in pairs if pair.standing or pair.said)


def _texts(kit: Kit, lines: ReplyLines, reply: OrderReply) -> dict[str, str]:
    """Label → text."""
    words = kit.texts
    return {
        words.text("order_reply.results"): words.text(f"order_reply.result.{reply.result.value}"),
        **{words.text(line.key): line.text for line in lines.of(reply)},
        words.text("order_reply.compare.hops"): "\n".join(lines.hop(hop) for hop in reply.hops),
        words.text("order_reply.remark"): reply.remark,
    }


def pair_grid(kit: Kit, heads: Sequence[str], pairs: Sequence[Pair]) -> QWidget:
    """``heads``: of the two columns."""
    holder = QWidget()
    grid = QGridLayout(holder)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(kit.theme.space("space_l"))
    grid.setVerticalSpacing(kit.theme.space("space_s"))
    grid.setColumnStretch(_STANDING, 1)
    grid.setColumnStretch(_SAID, 1)
    for column, head in zip((_STANDING, _SAID), heads, strict=True):
        label = Label(kit, role="label", ink="muted", wrap=True)
        label.set_text(head)
        grid.addWidget(label, 0, column)
    for row, pair in enumerate(pairs, 1):
        name = Label(kit, ink="muted")
        name.set_text(pair.label)
        grid.addWidget(name, row, _LABEL, Qt.AlignmentFlag.AlignTop)
        for column, text in ((_STANDING, pair.standing), (_SAID, pair.said)):
            value = Label(kit, role="strong" if pair.differs else "body", wrap=True)
            value.set_text(text or kit.texts.text("order_reply.compare.nothing"))
            if pair.differs:
                value.set_tone(Tone.WARN)
            grid.addWidget(value, row, column, Qt.AlignmentFlag.AlignTop)
    grid.setRowStretch(len(pairs) + 1, 1)
    return holder

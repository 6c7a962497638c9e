"""Two replies to one order side by side: the one that stands, and the one that would replace it. A person chooses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop.domain.case_file.views import OrderView
from desktop.domain.orders.order import OrderKind, OrderReply
from desktop.services.orders.answers.current_reply import CurrentReply
from desktop.ui.shared.dialogs.dialog_frame import DialogFrame
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.orders.order_reply_lines import ReplyLines
from desktop.ui.shared.orders.order_texts import kind_text, target_text
from desktop.ui.shared.text.datetime_text import show_local
from desktop.ui.shared.widgets.input.button import Variant
from desktop.ui.shared.widgets.pages.banner import Banner
from desktop.ui.shared.widgets.texts.label import Label

_LABEL, _CURRENT, _SAID = range(3)


@dataclass(frozen=True, slots=True)
class Pair:
    """One fact of both replies; an empty text where one says nothing of it."""

    label: str
    current: str
    new: str

    @property
    def differs(self) -> bool:
        """Whether they contradict each other here."""
        return self.current != self.new


def compared(kit: Kit, kind: OrderKind, current: OrderReply, new: OrderReply) -> tuple[Pair, ...]:
    """Every fact that at least one of both tells, the result first."""
    lines = ReplyLines(kit, kind, revealed=True)
    left, right = (_texts(kit, lines, reply) for reply in (current, new))
    labels = dict.fromkeys((*left, *right))
    pairs = (Pair(label, left.get(label, ""), right.get(label, "")) for label in labels)
    return tuple(pair for pair in pairs if pair.current or pair.new)


def _texts(kit: Kit, lines: ReplyLines, reply: OrderReply) -> dict[str, str]:
    """Label → text."""
    texts = kit.texts
    return {
        texts.text("order_reply.results"): texts.text(f"order_reply.result.{reply.result.value}"),
        **{texts.text(line.key): line.text for line in lines.of(reply)},
        texts.text("order_reply.compare.hops"): "\n".join(lines.hop(hop) for hop in reply.hops),
        texts.text("order_reply.remark"): reply.remark,
    }


def pair_grid(kit: Kit, heads: Sequence[str], pairs: Sequence[Pair]) -> QWidget:
    """``heads``: of the two columns."""
    holder = QWidget()
    grid = QGridLayout(holder)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(kit.theme.space("space_l"))
    grid.setVerticalSpacing(kit.theme.space("space_s"))
    grid.setColumnStretch(_CURRENT, 1)
    grid.setColumnStretch(_SAID, 1)
    for column, head in zip((_CURRENT, _SAID), heads, strict=True):
        label = Label(kit, role="label", ink="muted", wrap=True)
        label.set_text(head)
        grid.addWidget(label, 0, column)
    for row, pair in enumerate(pairs, 1):
        name = Label(kit, ink="muted")
        name.set_text(pair.label)
        grid.addWidget(name, row, _LABEL, Qt.AlignmentFlag.AlignTop)
        for column, text in ((_CURRENT, pair.current), (_SAID, pair.new)):
            value = Label(kit, role="strong" if pair.differs else "body", wrap=True)
            value.set_text(text or kit.texts.text("order_reply.compare.nothing"))
            if pair.differs:
                value.set_tone(Tone.WARN)
            grid.addWidget(value, row, column, Qt.AlignmentFlag.AlignTop)
    grid.setRowStretch(len(pairs) + 1, 1)
    return holder


class CompareRepliesDialog(DialogFrame):
    """``replaced`` when the new reply is to take the place of the current one; ``set_aside`` when the current one
    stays and the new one is put away. Enter keeps everything as it is. ``place``: where the new one comes from;
    ``waits``: it waits in the list and can be set aside, else somebody just typed it."""

    replaced = Signal()
    set_aside = Signal()

    def __init__(
        self,
        kit: Kit,
        parent: QWidget,
        view: OrderView,
        replies: tuple[CurrentReply, OrderReply],
        place: str,
        *,
        waits: bool = True,
    ) -> None:
        super().__init__(kit, parent, "order_reply.compare.title", width="dialog_width_form")
        self.setObjectName("compare_dialog")
        self._banner = Banner(kit, "compare_banner")
        self.body.addWidget(self._banner)
        order, (current, new) = view.order, replies
        what = Label(kit, role="strong", wrap=True)
        what.set_key(
            "order_reply.compare.what", number=order.number, kind=kind_text(kit, view),
            target=target_text(order, revealed=True),
        )  # fmt: skip
        self.body.addWidget(what)
        at = show_local(current.at, kit.zone)[:16]
        line = Label(kit, wrap=True)
        line.setObjectName("compare_told")
        line.set_key("order_reply.compare.told", by=current.by, at=at)
        self.body.addWidget(line)
        heads = (
            kit.texts.text("order_reply.compare.standing", by=current.by, at=at),
            kit.texts.text("order_reply.compare.said", place=place),
        )
        pairs = compared(kit, order.kind, current.reply, new)
        self.body.addWidget(pair_grid(kit, heads, pairs))
        note = Label(kit, "order_reply.compare.note", role="small", ink="muted", wrap=True)
        self.body.addWidget(note)
        keep = self.add_button("order_reply.compare.keep", name="compare_keep")
        if waits:
            aside = self.add_button("order_reply.compare.aside", name="compare_aside", closes=False)
            aside.clicked.connect(self.set_aside)
        replace = self.add_button(
            "order_reply.compare.replace",
            variant=Variant.DANGER,
            name="compare_replace",
            closes=False,
        )
        replace.clicked.connect(self.replaced)
        self.set_default(keep)
        keep.setFocus()

    def show_error(self, error: Exception) -> None:
        """Nothing was recorded; both stay to be seen."""
        self._banner.show_error(error)

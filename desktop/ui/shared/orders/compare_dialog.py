"""Two replies to one order side by side: the one that stands, and the one that would replace it. A person chooses."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.case_file.views import OrderView
from desktop.domain.orders.order import OrderReply
from desktop.services.orders.current_reply import CurrentReply
from desktop.ui.shared.dialogs.dialog_frame import DialogFrame
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.orders.order_texts import kind_text, target_text
from desktop.ui.shared.orders.reply_pairs import compared, pair_grid
from desktop.ui.shared.text.datetime_text import show_local
from desktop.ui.shared.widgets.banner import Banner
from desktop.ui.shared.widgets.button import Variant
from desktop.ui.shared.widgets.label import Label


class CompareRepliesDialog(DialogFrame):
    """``replaced`` when the new reply is to take the place of the standing one; ``set_aside`` when the standing one
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
        order, (standing, said) = view.order, replies
        what = Label(kit, role="strong", wrap=True)
        what.set_key(
            "order_reply.compare.what", number=order.number, kind=kind_text(kit, order),
            target=target_text(order, whole=True),
        )  # fmt: skip
        self.body.addWidget(what)
        at = show_local(standing.at, kit.zone)[:16]
        told = Label(kit, wrap=True)
        told.setObjectName("compare_told")
        told.set_key("order_reply.compare.told", by=standing.by, at=at)
        self.body.addWidget(told)
        heads = (
            kit.texts.text("order_reply.compare.standing", by=standing.by, at=at),
            kit.texts.text("order_reply.compare.said", place=place),
        )
        pairs = compared(kit, order.kind, standing.reply, said)
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

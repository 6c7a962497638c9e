"""The bar below every page: stop now, put aside, go on."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.domain.orders.way_orders import CALLED_BACK
from desktop.ui.intake.intake_actions import IntakeActions
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.widgets.input.button import Button, Size, Variant
from desktop.ui.shared.widgets.layout.card import Column, Row, divider
from desktop.ui.shared.widgets.texts.label import Label


class BottomBar(QWidget):
    """Buttons of actions that belong to the screen."""

    def __init__(self, kit: Kit, actions: IntakeActions, *, calls: bool = False) -> None:
        """``calls``: people call, at a centre: what follows from the urgent button is another thing."""
        super().__init__()
        self._kit = kit
        self._narrow = False
        self._promise_wanted = True
        self._next_key = ""
        kit.texts.changed.connect(self._read_next)
        column = Column(kit, self, gap="space_m")
        self._line = divider(kit)
        column.addWidget(self._line)
        row = Row(kit, gap="space_s")
        self._stop = Button.of(
            kit, actions.stop, variant=Variant.DANGER, size=Size.LARGE, name="stop_now"
        )
        row.addWidget(self._stop)
        self._promised = "calls.promise" if calls else "intake.stop.promise"
        self._promise = Label(kit, self._promised, role="small", ink="muted", wrap=True)
        self._promise.setObjectName("stop_promise")
        row.addWidget(self._promise, 1)
        row.addStretch()
        row.addWidget(Button.of(kit, actions.later, name="later"))
        self._onward = Button.of(kit, actions.onward, variant=Variant.PRIMARY, name="onward")
        row.addWidget(self._onward)
        column.addLayout(row)

    def set_narrow(self, *, narrow: bool) -> None:
        """The buttons take the whole bar: squeezed between them a sentence would stand on end."""
        self._narrow = narrow
        self._promise.setVisible(self._promise_wanted and not narrow)

    def set_alone(self, *, alone: bool) -> None:
        """Alone in its card it needs no line above."""
        self._line.setVisible(not alone)

    def set_next(self, key: str) -> None:
        """Name the page that comes next, by its catalogue key; empty after the last."""
        self._next_key = key
        self._onward.setVisible(bool(key))
        self._read_next()

    def set_stop(self, *, shown: bool) -> None:
        """Whether there is money to stop at this kind of visit."""
        self._stop.setVisible(shown)
        self._promise_wanted = shown
        self._promise.setVisible(shown and not self._narrow)

    def set_stopped(self, *, stopped: bool) -> None:
        """Whether every transfer has its order: then nothing is urgent here any more, and that is said."""
        self._stop.set_variant(Variant.PLAIN if stopped else Variant.DANGER)
        self._promise.set_key("intake.stop.nothing" if stopped else self._promised)

    def set_way(self, way: str) -> None:
        """How all the money that is left to save went; "" for several ways and for none that was said."""
        self._stop.set_key(f"ways.ask.{way}" if way in CALLED_BACK else "intake.stop.now")

    def _read_next(self) -> None:
        if self._next_key:
            self._onward.set_key("visits.next", page=self._kit.texts.text(self._next_key))

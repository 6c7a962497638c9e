"""The deed of handing over a shift: read, show, print."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from desktop.domain.absence import CaseNews
from desktop.domain.progress import Progress
from desktop.services.ports import HandoverFacts, Pdf
from desktop.ui.orders.handover_dialog import HandoverDialog
from desktop.ui.orders.port import OrdersNavigator, OrdersPort
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.orders.news_words import case_sentence

_Loaded = tuple[HandoverFacts, Mapping[str, str]]


class HandingOver(QObject):
    """``begin`` opens the window of what the shift leaves."""

    def __init__(
        self,
        kit: Kit,
        widget: QWidget,
        port: OrdersPort,
        navigator: OrdersNavigator,
        failed: Callable[[Exception], object],
    ) -> None:
        super().__init__(widget)
        self._kit = kit
        self._widget = widget
        self._port = port
        self._navigator = navigator
        self._failed = failed
        self._dialog: HandoverDialog | None = None

    def begin(self) -> None:
        """Read what is to be handed over, then show it."""
        tell = partial(case_sentence, self._kit)
        work = partial(_load, self._port, self._name, tell)
        self._kit.runner.start("db", work, self._show, self._failed)

    def _name(self, clock: str) -> str:
        return self._kit.words.text(f"deadlines.{clock}")

    def _show(self, loaded: _Loaded) -> None:
        self._dialog = HandoverDialog(self._kit, self._widget, *loaded)
        self._dialog.accepted_facts.connect(self._print)
        self._dialog.open()

    def _print(self, facts: HandoverFacts) -> None:
        refused = self._dialog.show_error if self._dialog is not None else self._failed
        self._kit.runner.start("db", partial(_print, self._port, facts), self._printed, refused)

    def _printed(self, pdf: Pdf) -> None:
        if self._dialog is not None:
            self._dialog.accept()
            self._dialog = None
        title = self._kit.words.text("orders.handover.sheet")
        self._navigator.open_paper(pdf, title)


def _load(
    port: OrdersPort,
    name_of: Callable[[str], str],
    tell: Callable[[CaseNews], str],
    _progress: Progress,
) -> _Loaded:
    return port.handover(name_of, tell), port.officers()


def _print(port: OrdersPort, facts: HandoverFacts, _progress: Progress) -> Pdf:
    return port.print_handover(facts)

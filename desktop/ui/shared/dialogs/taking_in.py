"""Bundles are looked into first, and taken in when the person agrees."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, Protocol, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog, QWidget

from desktop.domain.errors import Cancelled
from desktop.domain.progress import Progress
from desktop.ui.shared.dialogs.one_work import OneWork
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.widgets.input.file_chooser import choose_files
from desktop.ui.shared.widgets.pages.banner import Banner
from desktop.ui.shared.widgets.pages.toast import toast
from desktop.ui.shared.widgets.pages.work_card import WorkCard

T = TypeVar("T")
Paths = tuple[Path, ...]


class Take(Protocol):
    """Takes bundles in, or with ``dry_run`` only finds out what that would change."""

    def __call__(self, paths: Paths, progress: Progress, *, dry_run: bool) -> object:
        """Both answer with the same kind of result."""
        ...


class TakingIn(QObject):
    """``done(result)`` after something was taken in; ``broken_off(error)`` if that ended before its end: the volumes
    before are in. ``failed(error)``: bundles could not be looked into.

    One piece of work at a time, shown on the card. ``dialog`` shows what was found and asks; ``area`` holds the
    titles of the work, ``<area>.looking`` and ``<area>.working``.
    """

    done = Signal(object)
    failed = Signal(object)
    broken_off = Signal(object)

    def __init__(
        self,
        kit: Kit,
        page: QWidget,
        card: WorkCard,
        area: str,
        take: Take,
        dialog: Callable[[Kit, QWidget, Any], QDialog],
    ) -> None:
        super().__init__(page)
        self._kit = kit
        self._page = page
        self._work = OneWork(kit, card, self)
        self._area = area
        self._take = take
        self._dialog = dialog
        self._paths: Paths = ()

    def choose(self, title: str, handler: Callable[[Paths], None]) -> None:
        """Ask for bundles."""
        choose_files(self._kit, self._page, title, handler, patterns=("*.fzb",))

    def look_into(self, paths: Paths) -> None:
        """Find out what taking them in would change, and ask; while other work is going on say that these wait."""
        work = partial(self._take, paths, dry_run=True)
        if self.begin(f"{self._area}.looking", work, self._ask):
            self._paths = paths

    def begin(
        self, title: str, work: Callable[[Progress], T], on_done: Callable[[T], None]
    ) -> bool:
        """Start work; False, and the person is told, while some is going on."""
        return self._begun(self._work.start(title, work, on_done, self.failed.emit))

    def change(
        self, title: str, work: Callable[[Progress], T], on_done: Callable[[T], None]
    ) -> None:
        """The same of work that takes in one volume after the other."""
        self._begun(self._work.start(title, work, on_done, self.broken_off.emit))

    def _begun(self, begun: bool) -> bool:  # noqa: FBT001 - what the work said
        if not begun:
            toast(self._kit, self._page, "shared.taking_busy", tone=Tone.WARN)
        return begun

    def _ask(self, found: object) -> None:
        dialog = self._dialog(self._kit, self._page, found)
        dialog.accepted.connect(self._take_in)
        dialog.open()

    def _take_in(self) -> None:
        work = partial(self._take, self._paths, dry_run=False)
        self.change(f"{self._area}.working", work, self._taken)

    def _taken(self, result: object) -> None:
        self.done.emit(result)


def tell_broken_off(banner: Banner, error: Exception) -> None:
    """Say why taking in ended early; who stopped it hears that what came in by then stays."""
    if isinstance(error, Cancelled):
        banner.show_key(Tone.INFO, "shared.taking_stopped")
    else:
        banner.show_error(error)

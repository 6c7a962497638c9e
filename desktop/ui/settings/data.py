"""What data this computer works with, their versions and whose they are; and whether the database is sound."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.errors import Cancelled
from desktop.domain.exchange.data_package import PackageInForce
from desktop.domain.progress import Progress
from desktop.ui.settings.last_time import Last, LastTimeCard, LastTimeTexts
from desktop.ui.shared.dialogs.error_presenter import present
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.restyle import set_shown
from desktop.ui.shared.kit.task_runner import work_of
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.text.datetime_text import show_local
from desktop.ui.shared.widgets.input.button import Button
from desktop.ui.shared.widgets.input.file_chooser import choose_files
from desktop.ui.shared.widgets.layout.card import Card, KeyValues
from desktop.ui.shared.widgets.layout.room import Room
from desktop.ui.shared.widgets.pages.toast import toast
from desktop.ui.shared.widgets.texts.label import Label

Packages = Callable[[], tuple[PackageInForce, ...]]
Take = Callable[[Path], PackageInForce]
Table = tuple[str, str, str]
"""Title, version and licence of a reference table."""


class DataCard(Card):
    """``packs`` and ``take`` may be slow and raise ``AppError``; they run in lane ``db``. Without ``take`` nothing is
    offered to be taken in."""

    def __init__(
        self,
        kit: Kit,
        packages: Packages,
        take: Take | None,
        tables: tuple[Table, ...],
        parent: QWidget,
    ) -> None:
        super().__init__(kit, "data_packages.title")
        self._kit = kit
        self._packages = packages
        self._take = take
        self._tables = tables
        self._host = parent
        self._values = Room(kit)
        button = Button(kit, "data_packages.take", icon="usb", name="pack_take")
        button.clicked.connect(self._choose)
        self.header.addWidget(button)
        set_shown(button, shown=take is not None)
        self.body.addWidget(
            Label(kit, "data_packages.explain", role="small", ink="muted", wrap=True)
        )
        self.body.addWidget(self._values)
        kit.texts.changed.connect(self.reload)
        self.reload()

    def reload(self) -> None:
        """Read anew what is in force."""
        self._kit.runner.start("db", work_of(self._packages), self._show, self._failed)

    def _show(self, packages: tuple[PackageInForce, ...]) -> None:
        values = KeyValues(self._kit, right=False)
        for package in packages:
            row = values.add_row(
                f"data_packages.kind.{package.kind.value}", self._package_text(package)
            )
            row.setObjectName(f"pack_{package.kind.value}")
        for title, version, licence in self._tables:
            row = values.add_row("data_packages.table", f"{title} · {version} · {licence}")
        self._values.hold(values)

    def _package_text(self, package: PackageInForce) -> str:
        words = self._kit.texts.text
        parts = [
            package.version or words("data_packages.unknown"),
            package.unit or words("data_packages.own"),
        ]
        if package.taken_at is not None:
            parts.append(show_local(package.taken_at, self._kit.zone)[:16])
        if package.waiting:
            parts.append(words("data_packages.waiting", version=package.waiting))
        return " · ".join(parts)

    def _choose(self) -> None:
        choose_files(self._kit, self._host, "data_packages.choose", self._chosen)

    def _chosen(self, paths: tuple[Path, ...]) -> None:
        if paths and self._take is not None:
            work = work_of(self._take, paths[0])
            self._kit.runner.start("db", work, self._taken, self._failed)

    def _taken(self, package: PackageInForce) -> None:
        kind = self._kit.texts.text(f"data_packages.kind.{package.kind.value}")
        toast(self._kit, self._host, "data_packages.taken", kind=kind, version=package.waiting)
        self.reload()

    def _failed(self, error: Exception) -> None:
        present(self._kit, self._host, error)


Check = Callable[[Progress], None]
_DATABASE: Final = LastTimeTexts(
    "settings.database.title", "settings.database.explain", "settings.database.last",
    "settings.database.never", "settings.database.stopped",
)  # fmt: skip


class DatabaseCard(LastTimeCard):
    """``check`` raises ``AppError`` where the database is not sound, ``last`` says when it was found sound; both may be
    slow. ``unsound(error)``: a look of which nobody on this page may know found it so."""

    unsound = Signal(object)

    def __init__(self, kit: Kit, check: Check, last: Last, parent: QWidget) -> None:
        button = Button(kit, "settings.database.check", name="database_check")
        super().__init__(kit, "database", _DATABASE, button, last, parent)
        self._check = check
        self._by_itself = False
        button.clicked.connect(self._pressed)

    def check_quietly(self) -> None:
        """Look at it though nobody asked for it, unless somebody just did."""
        self._start(by_itself=True)

    def _pressed(self) -> None:
        self._start(by_itself=False)

    def _start(self, *, by_itself: bool) -> None:
        if not self._work.busy:
            self._by_itself = by_itself
            self._banner.clear()
            self._work.start("settings.database.working", self._check, self._done, self._failed)

    def _done(self, _nothing: None) -> None:
        self._banner.show_key(Tone.OK, "settings.database.sound")
        self.reload()

    def _failed(self, error: Exception) -> None:
        super()._failed(error)
        if self._by_itself and not isinstance(error, Cancelled):
            self.unsound.emit(error)

"""Where to: a drive that can be carried away, or a folder of one's choice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Signal

from desktop.domain.progress import Progress
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.task_runner import work_of
from desktop.ui.shared.text.quantities import size_text
from desktop.ui.shared.widgets.input.drives import Drive, Drives, require_there
from desktop.ui.shared.widgets.input.file_chooser import choose_folder
from desktop.ui.shared.widgets.input.line_edit import Combo, Option

T = TypeVar("T")
_OTHER = "\0other"
_NONE = ""
_LOOKS_EVERY_S = 5
_LONGEST = 28
"""Characters of a place that a row of a small screen has room for."""


class TargetCombo(Combo):
    """``target_changed`` when another place is chosen or a drive comes or goes, which is seen while somebody looks."""

    target_changed = Signal()

    def __init__(self, kit: Kit, drives: Drives, name: str) -> None:
        super().__init__(kit)
        self._target_kit = kit
        self._source = drives
        self._drives: tuple[Drive, ...] = ()
        self._folder: Path | None = None
        self._reading = False
        self._looked_at = kit.ticks.now()
        self.setObjectName(name)
        kit.texts.bind(self.setAccessibleName, "files.target")
        kit.texts.changed.connect(self._list)
        kit.ticks.ticked.connect(self._tick)
        self.activated.connect(self._activated)
        self._list()

    def target(self) -> Path | None:
        """Where to write, None while nothing is chosen."""
        value = self.value()
        return Path(value) if value not in (_NONE, _OTHER) else None

    def free(self) -> int | None:
        """Free bytes at the target, None where it is not known."""
        target = self.target()
        return next((drive.free for drive in self._drives if drive.root == target), None)

    def drive(self) -> Drive | None:
        """The chosen drive; None for a folder of one's choice."""
        target = self.target()
        return next((drive for drive in self._drives if drive.root == target), None)

    def guarded(self, work: Callable[[Progress], T]) -> Callable[[Progress], T]:
        """``work`` that begins only if the drive chosen now is still there: the list is some seconds old."""
        return partial(_if_there, self.drive(), work)

    def refresh(self) -> None:
        """Read the drives again, off the GUI thread: a stick that does not answer would stop the window."""
        if self._reading:
            return
        self._reading = True
        work = work_of(self._source.carried)
        self._target_kit.runner.start("files", work, self._read, self._unread)

    def _tick(self, now: datetime) -> None:
        """Sticks come and go; not while one is chosen, and not while one is written to."""
        due = abs((now - self._looked_at).total_seconds()) >= _LOOKS_EVERY_S
        if due and self.isVisible() and self.isEnabled() and not self.view().isVisible():
            self._looked_at = now
            self.refresh()

    def _read(self, drives: tuple[Drive, ...]) -> None:
        self._reading = False
        if drives != self._drives:
            self._drives = drives
            self._list()

    def _unread(self, _error: Exception) -> None:
        self._reading = False

    def _list(self) -> None:
        before = self.value()
        texts = self._target_kit.texts
        options = [Option(str(drive.root), text=self._words_of(drive)) for drive in self._drives]
        if self._folder is not None:
            options.append(Option(str(self._folder), text=_short(self._folder)))
        if not options:
            options.append(Option(_NONE, text=texts.text("files.target_none")))
        options.append(Option(_OTHER, text=texts.text("files.target_folder")))
        self.set_options(options)
        values = [option.value for option in options]
        self.set_value(before if before in values else values[0])
        self.target_changed.emit()

    def _words_of(self, drive: Drive) -> str:
        texts = self._target_kit.texts
        free = size_text(texts, drive.free)
        place = _short(drive.root)
        named = drive.label and drive.label != drive.root.name
        name = f"{drive.label} {place}" if named else drive.label or place
        if drive.locked:
            return texts.text("files.target_locked", name=name)
        return texts.text("files.target_drive", name=name, free=free)

    def _activated(self) -> None:
        if self.value() == _OTHER:
            self._list_current()
            choose_folder(self._target_kit, self, "files.target_title", self._folder_chosen)
        self.target_changed.emit()

    def _list_current(self) -> None:
        """While the dialog is open nothing is chosen but what was."""
        fallback = self._folder or (self._drives[0].root if self._drives else None)
        self.set_value(str(fallback) if fallback else _NONE)

    def _folder_chosen(self, paths: tuple[Path, ...]) -> None:
        self._folder = paths[0]
        self._list()
        self.set_value(str(self._folder))
        self.target_changed.emit()


def _if_there(drive: Drive | None, work: Callable[[Progress], T], progress: Progress) -> T:
    if drive is not None:
        require_there(drive)
    return work(progress)


def _short(place: Path) -> str:
    """The end of a long place, which tells it from others."""
    shown = str(place)
    return shown if len(shown) <= _LONGEST else f"…{shown[1 - _LONGEST :]}"

"""Backups: where to, when the last was made; and one tried: opened with what lies in the safe, and checked whole."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Final, Protocol

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.installation.backup_summary import SUFFIX
from desktop.domain.progress import Progress
from desktop.ui.settings.last_time import Last, LastTime, LastTimeCard, LastTimeTexts
from desktop.ui.shared.dialogs.one_work import OneWork
from desktop.ui.shared.dialogs.secret_dialog import SecretDialog
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.task_runner import work_of
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.text.datetime_text import show_local
from desktop.ui.shared.widgets.input.button import Button
from desktop.ui.shared.widgets.input.drives import Drives
from desktop.ui.shared.widgets.input.file_chooser import choose_file
from desktop.ui.shared.widgets.input.target_combo import TargetCombo
from desktop.ui.shared.widgets.layout.card import Card
from desktop.ui.shared.widgets.pages.banner import Banner
from desktop.ui.shared.widgets.pages.work_card import WorkCard


class BackupMade(Protocol):
    """A backup that was written and read back."""

    @property
    def file(self) -> Path:
        """The file."""
        ...

    @property
    def blobs(self) -> int:
        """Pieces of evidence it counts on."""
        ...

    @property
    def copied(self) -> int:
        """How many of them were new beside it."""
        ...

    @property
    def lacking(self) -> int:
        """How many more are recorded here and lost."""
        ...

    @property
    def follows(self) -> str:
        """The name of the whole backup that it adds to; "" for a whole one."""
        ...


Make = Callable[[Path, Progress], BackupMade]


class BackupCard(Card):
    """``make`` copies what is new where that is enough, ``whole`` everything; they and ``last`` may be slow and raise
    ``AppError``. ``made(folder)`` after each copy."""

    made = Signal(object)

    def __init__(
        self, kit: Kit, make: Make, whole: Make, last: Last, drives: Drives, parent: QWidget
    ) -> None:
        super().__init__(kit, "settings.backup.title")
        self.setParent(parent)
        self._kit = kit
        self._make = make
        self._whole = whole
        self._last = last
        self._target = TargetCombo(kit, drives, "backup_target")
        self._button = Button(kit, "settings.backup.make", icon="save", name="backup_make")
        self._every = Button(kit, "settings.backup.make_whole", name="backup_make_whole")
        self._banner = Banner(kit, "backup_banner", closable=True)
        self._card = WorkCard(kit, name="backup_work")
        self._work = OneWork(kit, self._card, self)
        self._when = LastTime(kit, "settings.backup.last", "settings.backup.never", "backup_when")
        self._when.lay_out(
            self.body, "settings.backup.explain", self._target, self._every, self._button
        )
        self.body.addWidget(self._card)
        self.body.addWidget(self._banner)
        self._button.clicked.connect(self._start)
        self._every.clicked.connect(self._start_whole)
        self._target.target_changed.connect(self._allow)
        self._work.stirred.connect(self._allow)
        kit.texts.changed.connect(self.reload)
        self.reload()

    def reload(self) -> None:
        """Read the drives and when the last backup was made."""
        self._target.refresh()
        self._kit.runner.start("db", work_of(self._last), self._show, self._failed)
        self._allow()

    def back_up_to(self, folder: Path) -> None:
        """Copy what is new there, unless a copy is being made."""
        self._back_up(folder, self._make)

    def _back_up(self, folder: Path, make: Make) -> None:
        if self._work.busy:
            return
        self._banner.clear()
        work: Callable[[Progress], BackupMade] = partial(make, folder)
        if folder == self._target.target():
            work = self._target.guarded(work)
        self._work.start("settings.backup.working", work, self._done, self._failed)

    def _show(self, last: datetime | None) -> None:
        self._when.show(last)

    def _start(self) -> None:
        folder = self._target.target()
        if folder is not None:
            self.back_up_to(folder)

    def _start_whole(self) -> None:
        folder = self._target.target()
        if folder is not None:
            self._back_up(folder, self._whole)

    def _done(self, made: BackupMade) -> None:
        done = "done_news" if made.follows else "done"
        self._banner.show_key(
            Tone.WARN if made.lacking else Tone.OK,
            f"settings.backup.{'done_lacking' if made.lacking else done}",
            follows=made.follows,
            file=str(made.file),
            blobs=made.blobs,
            copied=made.copied,
            lacking=made.lacking,
        )
        self.reload()
        self.made.emit(made.file.parent)

    def _failed(self, error: Exception) -> None:
        self._banner.show_error(error)

    def _allow(self) -> None:
        self._target.setEnabled(not self._work.busy)
        for button in (self._button, self._every):
            button.setEnabled(not self._work.busy and self._target.target() is not None)


class Drilled(Protocol):
    """What the trial found; see :class:`desktop.app.maintenance.restore_drill.Drill`."""

    @property
    def made_at(self) -> datetime: ...
    @property
    def entries(self) -> int: ...
    @property
    def cases(self) -> int: ...
    @property
    def evidence(self) -> int: ...
    @property
    def missing(self) -> int: ...
    @property
    def damaged(self) -> int: ...
    @property
    def lacking(self) -> int: ...
    @property
    def unsound(self) -> bool: ...
    @property
    def by_code(self) -> bool: ...
    @property
    def whole(self) -> bool: ...


Try = Callable[[Path, str, Progress], Drilled]
_DRILL: Final = LastTimeTexts(
    "settings.drill.title", "settings.drill.explain", "settings.drill.last", "settings.drill.never",
    "settings.drill.stopped",
)  # fmt: skip


class DrillCard(LastTimeCard):
    """``attempt`` and ``last``, when a copy last proved whole, may be slow and raise ``AppError``."""

    def __init__(self, kit: Kit, attempt: Try, last: Last, parent: QWidget) -> None:
        button = Button(kit, "settings.drill.choose", icon="folder", name="drill_choose")
        super().__init__(kit, "drill", _DRILL, button, last, parent)
        self._attempt = attempt
        button.clicked.connect(self._choose)

    def take(self, file: Path) -> None:
        """Ask for what opens the copy."""
        dialog = SecretDialog(self._kit, self, "settings.drill.ask", "drill_secret", file.name)
        dialog.given.connect(partial(self._start, file))
        dialog.open()

    def _choose(self) -> None:
        title = "settings.drill.choose_title"
        choose_file(self._kit, self, title, self._chosen, patterns=(f"*{SUFFIX}",))

    def _chosen(self, paths: tuple[Path, ...]) -> None:
        self.take(paths[0])

    def _start(self, file: Path, secret: str) -> None:
        self._banner.clear()
        work: Callable[[Progress], Drilled] = partial(self._attempt, file, secret)
        self._work.start("settings.drill.working", work, self._done, self._failed)

    def _done(self, found: Drilled) -> None:
        if found.whole:
            kind = "whole_code" if found.by_code else "whole"
        elif found.unsound:
            kind = "unsound"
        else:
            kind = "broken" if found.missing or found.damaged else "lacking"
        self._banner.show_key(
            Tone.OK if found.whole else Tone.BAD,
            f"settings.drill.{kind}",
            made=show_local(found.made_at, self._kit.zone)[:16],
            cases=found.cases,
            entries=found.entries,
            evidence=found.evidence,
            missing=found.missing,
            damaged=found.damaged,
            lacking=found.lacking,
        )
        self.reload()

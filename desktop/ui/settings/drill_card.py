"""A safety copy on trial: chosen, opened with what lies in the safe, checked whole, and told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Protocol

from PySide6.QtWidgets import QWidget

from desktop.domain.errors import Cancelled
from desktop.domain.installation.backup_summary import SUFFIX
from desktop.domain.progress import Progress
from desktop.ui.settings.last_time import LastTime
from desktop.ui.shared.dialogs.one_work import OneWork
from desktop.ui.shared.dialogs.secret_dialog import SecretDialog
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.task_runner import work_of
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.text.datetime_text import show_local
from desktop.ui.shared.widgets.input.button import Button
from desktop.ui.shared.widgets.input.file_chooser import choose_file
from desktop.ui.shared.widgets.layout.card import Card
from desktop.ui.shared.widgets.pages.banner import Banner
from desktop.ui.shared.widgets.pages.work_card import WorkCard


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
Last = Callable[[], datetime | None]


class DrillCard(Card):
    """``attempt`` and ``last`` may be slow and raise ``AppError``."""

    def __init__(self, kit: Kit, attempt: Try, last: Last, parent: QWidget) -> None:
        super().__init__(kit, "settings.drill.title")
        self.setParent(parent)
        self._kit = kit
        self._attempt = attempt
        self._last = last
        self._button = Button(kit, "settings.drill.choose", icon="folder", name="drill_choose")
        self._button.clicked.connect(self._choose)
        self._when = LastTime(kit, "settings.drill.last", "settings.drill.never", "drill_when")
        self._banner = Banner(kit, "drill_banner", closable=True)
        card = WorkCard(kit, name="drill_work")
        self._work = OneWork(kit, card, self)
        self._work.stirred.connect(self._allow)
        self._when.lay_out(self.body, "settings.drill.explain", self._button)
        self.body.addWidget(card)
        self.body.addWidget(self._banner)
        kit.texts.changed.connect(self.reload)
        self.reload()

    def reload(self) -> None:
        """Read when a copy last proved whole."""
        self._kit.runner.start("db", work_of(self._last), self._show, self._banner.show_error)

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

    def _failed(self, error: Exception) -> None:
        if isinstance(error, Cancelled):
            self._banner.show_key(Tone.INFO, "settings.drill.stopped")
        else:
            self._banner.show_error(error)

    def _show(self, last: datetime | None) -> None:
        self._when.show(last)

    def _allow(self) -> None:
        self._button.setEnabled(not self._work.busy)

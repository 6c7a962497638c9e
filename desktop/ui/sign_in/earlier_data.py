"""Earlier data, before anybody signs in: a backup restored after a PC was lost, and the copy before an upgrade."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop.domain.errors import Cancelled
from desktop.domain.installation.backup_summary import SUFFIX, BackupSummary
from desktop.domain.progress import Progress
from desktop.ui.shared.dialogs.one_work import OneWork
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.restyle import set_look, set_shown
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.text.datetime_text import show_local
from desktop.ui.shared.widgets.input.button import Button, Variant
from desktop.ui.shared.widgets.input.file_chooser import choose_file, choose_folder
from desktop.ui.shared.widgets.layout.card import Card, Column, KeyValues, Row, centred, divider
from desktop.ui.shared.widgets.pages.banner import Banner
from desktop.ui.shared.widgets.pages.work_card import WorkCard
from desktop.ui.shared.widgets.texts.label import ElidedLabel, Label
from desktop.ui.sign_in.brand import Brand
from desktop.ui.sign_in.calls import SignInCalls

_FACTS = ("unit", "letter", "made", "evidence")


class RestoreCard(Card):
    """``restored(copy)`` once the installation is there; ``back_asked`` to set up anew instead."""

    restored = Signal(object)
    back_asked = Signal()

    def __init__(self, kit: Kit, calls: SignInCalls) -> None:
        super().__init__(kit)
        self.setObjectName("restore_card")
        self._kit = kit
        self._calls = calls
        self._file: Path | None = None
        self._found: BackupSummary | None = None
        self.banner = Banner(kit, "restore_banner")
        self._choose = Button(kit, "sign_in.restore.choose", icon="folder", name="restore_choose")
        self._choose.clicked.connect(self._ask_for_file)
        self._name = ElidedLabel(kit)
        self._name.setObjectName("restore_file")
        self._facts, self._panel = self._facts_panel()
        card = WorkCard(kit, name="restore_work")
        self._work = OneWork(kit, card, self)
        self._work.stirred.connect(self._allow)
        self._back = Button(kit, "sign_in.back", keys="Escape", name="restore_back")
        self._back.clicked.connect(self.back_asked)
        self._start = Button(
            kit, "sign_in.restore.start", variant=Variant.PRIMARY, name="restore_start"
        )
        self._start.clicked.connect(self._restore)
        self._build(card)
        kit.texts.changed.connect(self._show_found)

    def start(self) -> None:
        """Begin with nothing chosen."""
        self._file = self._found = None
        self._name.set_text("")
        self.banner.clear()
        self._show_found()
        self._choose.setFocus()

    def take(self, file: Path) -> None:
        """Look at a backup."""
        self._file, self._found = file, None
        self._name.set_text(file.name)
        self.banner.clear()
        self._show_found()
        work = partial(self._calls.look_at_backup, file)
        self._work.start("sign_in.restore.checking", work, self._looked, self._failed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back, unless something is going on."""
        if event.key() == Qt.Key.Key_Escape and not self._work.busy:
            self.back_asked.emit()
        elif event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)  # the assistant behind does not hear Enter

    def _facts_panel(self) -> tuple[dict[str, Label], QWidget]:
        panel = Card(self._kit, panel="grey")
        values = KeyValues(self._kit, right=False)
        labels = {fact: values.add_row(f"sign_in.restore.{fact}") for fact in _FACTS}
        for fact, label in labels.items():
            label.setObjectName(f"restore_{fact}")
        panel.body.addWidget(values)
        return labels, panel

    def _build(self, card: WorkCard) -> None:
        kit = self._kit
        self.setFixedWidth(kit.theme.space("setup_width"))
        self.setMinimumHeight(kit.theme.space("setup_height"))
        self.body.setSpacing(kit.theme.space("space_m"))
        self.body.addWidget(Brand(kit))
        self.body.addWidget(divider(kit))
        self.body.addWidget(Label(kit, "sign_in.restore.title", role="page_title"))
        self.body.addWidget(Label(kit, "sign_in.restore.explain", ink="muted", wrap=True))
        choice = Row(kit, gap="space_m")
        choice.addWidget(self._choose)
        choice.addWidget(self._name, 1)
        self.body.addLayout(choice)
        for part in (self._panel, self.banner, card):
            self.body.addWidget(part)
        self.body.addStretch(1)
        self.body.addWidget(divider(kit))
        buttons = Row(kit)
        buttons.addWidget(self._back)
        buttons.addStretch(1)
        buttons.addWidget(self._start)
        self.body.addLayout(buttons)

    def _ask_for_file(self) -> None:
        title = "sign_in.restore.choose_title"
        choose_file(self._kit, self, title, self._chosen, patterns=(f"*{SUFFIX}",))

    def _chosen(self, paths: tuple[Path, ...]) -> None:
        self.take(paths[0])

    def _looked(self, found: BackupSummary) -> None:
        self._found = found
        self._show_found()
        if found.missing:
            key = "sign_in.restore.missing_do"
            self.banner.show_key(Tone.WARN, key, missing=found.missing)
        self._start.setFocus()

    def _restore(self) -> None:
        if self._file is None or self._found is None:
            return
        self.banner.clear()
        work = partial(self._calls.restore, self._file)
        self._work.start("sign_in.restore.working", work, self.restored.emit, self._failed)

    def _failed(self, error: Exception) -> None:
        if isinstance(error, Cancelled):
            self.banner.show_key(Tone.INFO, "sign_in.restore.stopped")
        else:
            self.banner.show_error(error)
        (self._choose if self._found is None else self._start).setFocus()

    def _show_found(self) -> None:
        found = self._found
        set_shown(self._panel, shown=found is not None)
        if found is not None:
            self._facts["unit"].set_text(found.unit_name)
            self._facts["letter"].set_text(found.letter)
            self._facts["made"].set_text(show_local(found.made_at, self._kit.zone)[:16])
            kind = "missing" if found.missing else "whole" if found.evidence else "none"
            evidence = self._facts["evidence"]
            evidence.set_key(
                f"sign_in.restore.evidence_{kind}", count=found.evidence, missing=found.missing
            )
            evidence.set_ink(Tone.WARN.value if found.missing else "")
        self._allow()

    def _allow(self) -> None:
        busy = self._work.busy
        self._choose.setEnabled(not busy)
        self._back.setEnabled(not busy)
        self._start.setEnabled(not busy and self._found is not None)


Copy = Callable[[Path | None, Progress], Path]


class UpgradeWindow(QWidget):
    """Begins by itself. ``copied(file)`` once the copy was read back; until then nothing opens the data. ``copy`` takes
    the folder, None for the profile's own."""

    copied = Signal(object)

    def __init__(self, kit: Kit, copy: Copy, *, unit_name: str = "") -> None:
        super().__init__()
        self.setObjectName("upgrade_window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        set_look(self, ground="canvas")
        kit.texts.bind(self.setWindowTitle, "sign_in.window_title")
        self._kit = kit
        self._copy = copy
        self.banner = Banner(kit, "upgrade_banner")
        work = WorkCard(kit, name="upgrade_work")
        self._work = OneWork(kit, work, self)
        self._work.stirred.connect(self._allow)
        self._elsewhere = Button(
            kit, "sign_in.upgrade.elsewhere", icon="folder", name="upgrade_elsewhere"
        )
        self._elsewhere.clicked.connect(self._ask)
        self._again = Button(
            kit, "sign_in.upgrade.again", variant=Variant.PRIMARY, name="upgrade_again"
        )
        self._again.clicked.connect(partial(self.begin, None))
        self._lay_out(unit_name, work)
        self._allow()
        QTimer.singleShot(0, partial(self.begin, None))

    def begin(self, folder: Path | None) -> None:
        """Copy to ``folder``, or into the profile."""
        self.banner.clear()
        self._work.start(
            "sign_in.upgrade.working", partial(self._copy, folder), self.copied.emit, self._failed
        )

    def _lay_out(self, unit_name: str, work: WorkCard) -> None:
        kit = self._kit
        card = Card(kit)
        card.setFixedWidth(kit.theme.space("setup_width"))
        card.body.setSpacing(kit.theme.space("space_m"))
        card.body.addWidget(Brand(kit, unit_name))
        card.body.addWidget(Label(kit, "sign_in.upgrade.title", role="page_title"))
        card.body.addWidget(Label(kit, "sign_in.upgrade.explain", ink="muted", wrap=True))
        card.body.addWidget(self.banner)
        card.body.addWidget(work)
        buttons = Row(kit)
        buttons.addWidget(self._elsewhere)
        buttons.addStretch(1)
        buttons.addWidget(self._again)
        card.body.addLayout(buttons)
        column = Column(kit, self)
        column.addStretch(2)
        column.addLayout(centred(kit, card))
        column.addStretch(3)

    def _ask(self) -> None:
        choose_folder(self._kit, self, "sign_in.upgrade.choose", lambda paths: self.begin(paths[0]))

    def _failed(self, error: Exception) -> None:
        if isinstance(error, Cancelled):
            self.banner.show_key(Tone.INFO, "sign_in.upgrade.stopped")
        else:
            self.banner.show_error(error)

    def _allow(self) -> None:
        for button in (self._elsewhere, self._again):
            button.setVisible(not self._work.busy)
        if not self._work.busy:
            self._again.setFocus()

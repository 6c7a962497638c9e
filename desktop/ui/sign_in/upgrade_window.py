"""The first start of a new version: the data are copied before anybody signs in."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.errors import Cancelled
from desktop.domain.progress import Progress
from desktop.ui.shared.dialogs.one_work import OneWork
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.restyle import set_look
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.widgets.input.button import Button, Variant
from desktop.ui.shared.widgets.input.file_chooser import choose_folder
from desktop.ui.shared.widgets.layout.card import Card, Column, Row, centred
from desktop.ui.shared.widgets.pages.banner import Banner
from desktop.ui.shared.widgets.pages.work_card import WorkCard
from desktop.ui.shared.widgets.texts.label import Label
from desktop.ui.sign_in.brand import Brand

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

"""The folder that takes the place of a stick: which, how the last round went, and the way to stop it."""

from __future__ import annotations

from PySide6.QtCore import Signal

from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.restyle import set_shown
from desktop.ui.shared.text.quantities import rough_text
from desktop.ui.shared.widgets.input.button import Button
from desktop.ui.shared.widgets.input.file_chooser import choose_folder
from desktop.ui.shared.widgets.layout.card import Card, Row
from desktop.ui.shared.widgets.pages.banner import Banner
from desktop.ui.shared.widgets.texts.label import ElidedLabel, Label


class SharedFolderCard(Card):
    """``chosen(str)`` with another folder, "" to stop; ``look_wanted`` for a round now."""

    chosen = Signal(str)
    look_wanted = Signal()

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit, "settings.shared.title")
        self._kit = kit
        self.body.addWidget(
            Label(kit, "settings.shared.explain", role="small", ink="muted", wrap=True)
        )
        self._folder = ElidedLabel(kit)
        self._folder.setObjectName("shared_folder")
        self.body.addWidget(self._folder)
        self._last = Label(kit, role="small", ink="muted", wrap=True)
        self._last.setObjectName("shared_last")
        self.body.addWidget(self._last)
        self._ahead = Label(kit, ink="amber", wrap=True)
        self._ahead.setObjectName("shared_ahead")
        self.body.addWidget(self._ahead)
        self.banner = Banner(kit, "shared_banner")
        self.body.addWidget(self.banner)
        row = Row(kit)
        choose = Button(kit, "settings.shared.choose", icon="folder", name="shared_choose")
        self._look = Button(kit, "settings.shared.look", name="shared_look")
        self._stop = Button(kit, "settings.shared.stop", name="shared_stop")
        for button in (choose, self._look, self._stop):
            row.addWidget(button)
        row.addStretch(1)
        self.body.addLayout(row)
        choose.clicked.connect(self._choose)
        self._look.clicked.connect(self.look_wanted)
        self._stop.clicked.connect(self._forget)
        self.show_folder("")

    def show_folder(self, folder: str) -> None:
        """Show which one, or that there is none."""
        if folder:
            self._folder.set_text(folder)
        else:
            self._folder.set_key("settings.shared.none")
        self._last.set_text("")
        for label in (self._last, self._ahead):
            set_shown(label, shown=False)
        for button in (self._look, self._stop):
            set_shown(button, shown=bool(folder))
        self.banner.clear()

    def show_round(self, time: str, volumes: int, bundles: int, waiting: int) -> None:
        """How the last round went."""
        self.banner.clear()
        set_shown(self._last, shown=True)
        self._last.set_key(
            "settings.shared.last", time=time, volumes=volumes, bundles=bundles, waiting=waiting
        )

    def show_ahead(self, minutes: int) -> None:
        """Say that what came last was made later than it is here; 0 for what was not."""
        set_shown(self._ahead, shown=minutes > 0)
        self._ahead.set_key("sync.import.ahead", span=rough_text(self._kit.texts, minutes))

    def _choose(self) -> None:
        choose_folder(self._kit, self, "settings.shared.choose_title", self._picked)

    def _picked(self, paths: tuple[object, ...]) -> None:
        self.chosen.emit(str(paths[0]))

    def _forget(self) -> None:
        self.chosen.emit("")

"""What an officer may choose on this PC. Every choice takes effect at once."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop.runtime.texts.settings import Settings, ThemeChoice
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Scheme
from desktop.ui.shared.widgets.input.line_edit import Option
from desktop.ui.shared.widgets.input.segmented import Segmented
from desktop.ui.shared.widgets.layout.card import Card, Column, Row
from desktop.ui.shared.widgets.layout.scroll import ScrollArea
from desktop.ui.shared.widgets.pages.page import Page
from desktop.ui.shared.widgets.texts.label import Label

_IDLE_MINUTES = (3, 5, 10, 15)  # GB/T 22239-2019 8.1.4.1 asks for a time-out; see Settings


class ChosenSettings(QObject):
    """What is chosen on this PC, from the sign-in on; ``changed(settings)`` follows each choice, for the application to
    keep."""

    changed = Signal(object)

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self._settings = settings

    @property
    def settings(self) -> Settings:
        """The choices as they stand."""
        return self._settings

    def choose_shared_folder(self, folder: str) -> None:
        """Bundles move through ``folder`` from now on, "" for no folder."""
        self.choose(replace(self._settings, shared_folder=folder))

    def choose_backup_folder(self, folder: str) -> None:
        """Safety copies go to ``folder`` by themselves from now on."""
        self.choose(replace(self._settings, backup_folder=folder))

    def choose(self, settings: Settings) -> None:
        """All choices at once."""
        self._settings = settings
        self.changed.emit(settings)


class SettingsPage(Page):
    """Language and theme are switched by the page itself; the application passes the idle minutes to the window."""

    def __init__(self, kit: Kit, chosen: ChosenSettings) -> None:
        super().__init__(kit, "settings.title")
        self._chosen = chosen
        settings = chosen.settings
        card = Card(kit, "settings.this_pc")
        card.body.setSpacing(kit.theme.space("space_l"))
        languages = (
            Option("zh_CN", key="settings.language.zh_CN"),
            Option("en", key="settings.language.en"),
        )
        self._language = Segmented(kit, languages, "language", "settings.language.label")
        self._language.set_value(kit.texts.language)  # --lang may have named another
        self._language.chosen.connect(self._choose_language)
        schemes = tuple(
            Option(choice.value, key=f"settings.theme.{choice.value}") for choice in ThemeChoice
        )
        self._theme = Segmented(kit, schemes, "theme", "settings.theme.label")
        self._theme.set_value(settings.theme.value)
        self._theme.chosen.connect(self._choose_theme)
        minutes = tuple(
            Option(str(value), key=f"settings.idle.minutes_{value}") for value in _IDLE_MINUTES
        )
        self._idle = Segmented(kit, minutes, "idle_minutes", "settings.idle.label")
        self._idle.set_value(str(settings.idle_lock_minutes))
        self._idle.chosen.connect(self._choose_idle)
        for name, switch in (
            ("language", self._language),
            ("theme", self._theme),
            ("idle", self._idle),
        ):
            card.body.addLayout(self._row(name, switch))
        content = QWidget()
        cards = Column(kit, content, gap="card_gap")
        cards.addWidget(card)
        self.more = Column(kit, gap="card_gap")
        """Room for the application's own cards: clock, officers, data."""
        cards.addLayout(self.more)
        cards.addStretch(1)
        self.body.addWidget(ScrollArea(kit, content))

    def first_focus(self) -> QWidget:
        """The first switch, at its choice."""
        return self._language.chosen_button()

    def _row(self, name: str, switch: Segmented) -> Row:
        kit = self.kit
        row = Row(kit, gap="space_l")
        texts = Column(kit, gap="space_xxs")
        texts.addWidget(Label(kit, f"settings.{name}.label"))
        texts.addWidget(Label(kit, f"settings.{name}.detail", role="small", ink="muted"))
        row.addLayout(texts)
        row.addStretch(1)
        row.addWidget(switch, 0, Qt.AlignmentFlag.AlignVCenter)
        return row

    def _choose_language(self, value: str) -> None:
        self.kit.texts.set_language(value)
        self._chosen.choose(replace(self._chosen.settings, language=value))

    def _choose_theme(self, value: str) -> None:
        self.kit.theme.set_scheme(Scheme(value))
        self._chosen.choose(replace(self._chosen.settings, theme=ThemeChoice(value)))

    def _choose_idle(self, value: str) -> None:
        self._chosen.choose(replace(self._chosen.settings, idle_lock_minutes=int(value)))

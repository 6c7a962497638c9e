"""Everything that can be done by a key, with its name, in one list."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

_CAPS = {
    "Ctrl": "Ctrl",
    "Shift": "⇧",
    "Alt": "Alt",
    "Return": "⏎",
    "Enter": "⏎",
    "Escape": "Esc",
    "Esc": "Esc",
    "Delete": "Del",
    "Plus": "+",
    "Left": "←",
    "Right": "→",
    "Up": "↑",
    "Down": "↓",
    "PgUp": "PgUp",
    "PgDown": "PgDn",
}


def key_cap(keys: str) -> str:
    """How a shortcut such as ``Ctrl+Shift+V`` is written on a key-cap: ``Ctrl ⇧ V``."""
    if keys.endswith("++"):
        parts = [*keys[:-2].split("+"), "+"]
    elif keys == "+":
        parts = ["+"]
    else:
        parts = keys.split("+")
    return " ".join(_CAPS.get(part, part) for part in parts)


class Action(QObject):
    """One thing the person can do. ``name_key`` is its catalogue name, ``keys`` its shortcut or
    ``""``."""

    triggered = Signal()
    enabled_changed = Signal(bool)

    def __init__(self, scope: QWidget, name_key: str, keys: str) -> None:
        super().__init__(scope)
        self.scope = scope
        """The widget in which it can be done."""
        self.name_key = name_key
        self.keys = keys
        self._enabled = True
        self._shortcut: QShortcut | None = None
        if keys:
            self._shortcut = QShortcut(QKeySequence(keys), scope)
            # A window shortcut is alive only while its page is shown, wherever the focus is on the
            # page.
            self._shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
            self._shortcut.setAutoRepeat(False)
            self._shortcut.activated.connect(self.trigger)

    @classmethod
    def elsewhere(
        cls, scope: QWidget, name_key: str, keys: str, handler: Callable[[], object]
    ) -> Action:
        """A button's action whose ``keys`` the whole window has: the button shows them and listens to none."""
        action = cls(scope, name_key, "")
        action.keys = keys
        action.triggered.connect(handler)
        return action

    @property
    def cap(self) -> str:
        """The key-cap text, empty without a shortcut."""
        return key_cap(self.keys) if self.keys else ""

    @property
    def enabled(self) -> bool:
        """Whether it can be done now."""
        return self._enabled

    def set_enabled(self, *, enabled: bool) -> None:
        """Allow or forbid it; buttons and shortcut follow."""
        if enabled == self._enabled:
            return
        self._enabled = enabled
        if self._shortcut is not None:
            self._shortcut.setEnabled(enabled)
        self.enabled_changed.emit(enabled)

    def trigger(self) -> None:
        """Do it, if it is allowed."""
        if self._enabled:
            self.triggered.emit()


class ActionRegistry(QObject):
    """All actions of all pages; the overlay of keys is made from it."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._groups: dict[str, list[Action]] = {}

    def add(
        self,
        scope: QWidget,
        name_key: str,
        keys: str,
        handler: Callable[[], object],
        *,
        group_key: str = "shell.keys.everywhere",
    ) -> Action:
        """Register what ``keys`` does while ``scope`` (a page, or the window's content) is shown.

        ``handler`` is a bound method, or a partial of one; ``group_key`` is the catalogue heading in the overlay.
        """
        action = Action(scope, name_key, keys)
        action.triggered.connect(handler)
        self._groups.setdefault(group_key, []).append(action)
        self.changed.emit()
        return action

    def groups(self) -> tuple[tuple[str, tuple[Action, ...]], ...]:
        """(heading key, living actions) in the order of registration; headings without actions are
        left out."""
        found = []
        for key, actions in self._groups.items():
            living = tuple(action for action in actions if isValid(action))
            self._groups[key] = list(living)
            if living:
                found.append((key, living))
        return tuple(found)

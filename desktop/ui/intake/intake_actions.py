"""Everything the intake screen does by key, wherever the focus is on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Final

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from desktop.ui.intake.steps.steps_card import NAMES
from desktop.ui.intake.steps.visit_switch import VISITS
from desktop.ui.shared.kit.actions import Action
from desktop.ui.shared.kit.kit import Kit

_GROUP: Final = "intake.keys.title"


@dataclass(frozen=True, slots=True)
class IntakeHandlers:
    """What the keys do; bound methods of the screen. ``go_to`` takes the place of a step in the list, from 0."""

    stop: Callable[[], None]
    onward: Callable[[], None]
    back: Callable[[], None]
    later: Callable[[], None]
    register: Callable[[], None]
    begin: Callable[[], None]
    go_to: Callable[[int], None]
    take: Callable[[str], None]
    open_repeat: Callable[[], None]
    paste: Callable[[], None]


@dataclass(frozen=True, slots=True)
class IntakeActions:
    """The actions that have a button somewhere."""

    stop: Action
    onward: Action
    later: Action
    register: Action
    begin: Action
    open_repeat: Action
    paste: Action


def intake_actions(kit: Kit, scope: QWidget, handlers: IntakeHandlers) -> IntakeActions:
    """Register them for the overlay of keys, in the order in which they are used."""

    def add(name: str, keys: str, handler: Callable[[], object]) -> Action:
        return kit.actions.add(scope, name, keys, handler, group_key=_GROUP)

    made = IntakeActions(
        stop=add("intake.stop.now", "F9", handlers.stop),
        onward=add("intake.next.page", "Ctrl+Return", handlers.onward),
        later=add("intake.later", "Ctrl+L", handlers.later),
        register=add("intake.papers.register", "Ctrl+S", handlers.register),
        begin=Action.elsewhere(scope, "intake.papers.new", "Ctrl+N", handlers.begin),
        open_repeat=add("repeats.open", "Alt+O", handlers.open_repeat),
        paste=add("paste.open", "Ctrl+Shift+V", handlers.paste),
    )
    add("intake.next.back", "Ctrl+Shift+Return", handlers.back)
    for place in range(len(NAMES)):
        add(f"visits.place.step_{place + 1}", f"Ctrl+{place + 1}", partial(handlers.go_to, place))
    for number, visit in enumerate(VISITS, start=1):
        kit.actions.add(
            scope,
            f"visits.take.{visit}",
            f"Alt+{number}",
            partial(handlers.take, visit.value),
            group_key="visits.group",
        )
    # The Enter of the number pad is another key to Qt, but not to the person.
    keypad = QShortcut(QKeySequence("Ctrl+Enter"), scope)
    keypad.activated.connect(made.onward.trigger)
    return made

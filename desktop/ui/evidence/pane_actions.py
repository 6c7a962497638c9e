"""Everything the evidence pane does by key, registered in one place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QWidget

from desktop.ui.evidence.player.transport import STEP_MS
from desktop.ui.evidence.viewing.viewer import Viewer
from desktop.ui.shared.kit.actions import Action
from desktop.ui.shared.kit.kit import Kit

_GROUP = "evidence.keys.title"


@dataclass(frozen=True, slots=True)
class PaneHandlers:
    """What the pane itself does; bound methods."""

    add: Callable[[], object]
    paste: Callable[[], object]
    verify: Callable[[], object]
    verify_all: Callable[[], object]
    save_copy: Callable[[], object]
    read: Callable[[], object]
    read_all: Callable[[], object]
    hand_over_to_court: Callable[[], object]


@dataclass(frozen=True, slots=True)
class PaneActions:
    """The actions that have buttons."""

    add: Action
    paste: Action
    verify: Action
    verify_all: Action
    save_copy: Action
    read: Action
    read_all: Action
    hand_over_to_court: Action

    def by_key(self, pressed: QKeySequence) -> Action | None:
        """The action whose keys are taken inside the pane only."""
        for action in (self.verify, self.verify_all):
            if QKeySequence(action.keys) == pressed:
                return action
        return None

    def need_item(self, *, chosen: bool, any_item: bool) -> None:
        """Allow what makes sense now."""
        self.verify.set_enabled(enabled=chosen)
        self.save_copy.set_enabled(enabled=chosen)
        self.read.set_enabled(enabled=chosen)
        self.read_all.set_enabled(enabled=any_item)
        self.verify_all.set_enabled(enabled=any_item)
        self.hand_over_to_court.set_enabled(enabled=any_item)


def pane_actions(kit: Kit, pane: QWidget, handlers: PaneHandlers) -> PaneActions:
    """Register the pane's own actions."""

    def add(name: str, keys: str, handler: Callable[[], object]) -> Action:
        return kit.actions.add(pane, f"evidence.{name}", keys, handler, group_key=_GROUP)

    def inside(name: str, keys: str, handler: Callable[[], object]) -> Action:
        """The page around the pane refreshes itself with F5; within the pane F5 is ours. As a second shortcut of
        the window it would be ambiguous and do nothing, so the pane takes these keys as they pass."""
        action = add(name, "", handler)
        action.keys = keys
        return action

    return PaneActions(
        add=add("add", "Ins", handlers.add),
        paste=add("paste", "Ctrl+V", handlers.paste),
        verify=inside("verify", "F5", handlers.verify),
        verify_all=inside("verify_all", "Shift+F5", handlers.verify_all),
        save_copy=add("save_copy", "Ctrl+Shift+S", handlers.save_copy),
        read=add("read", "F8", handlers.read),
        read_all=add("read_all", "Shift+F8", handlers.read_all),
        hand_over_to_court=add("hand_over", "Ctrl+Shift+O", handlers.hand_over_to_court),
    )


def viewer_actions(kit: Kit, pane: QWidget, viewer: Viewer) -> None:
    """Register the keys of the viewer; they work wherever the focus is in the pane."""
    picture, contents = viewer.picture, viewer.contents
    for name, keys, handler in (
        ("zoom_in", "+", picture.zoom_in),
        ("zoom_out", "-", picture.zoom_out),
        ("fit", "0", picture.fit),
        ("actual_size", "1", picture.actual_size),
        ("rotate", "R", picture.rotate_right),
        ("about", "I", viewer.toggle_about),
        ("compare", "D", viewer.compare_wanted.emit),
        ("back", "Backspace", viewer.back_wanted.emit),
        ("attach", "E", viewer.attach),
    ):
        kit.actions.add(pane, f"evidence.viewer.{name}", keys, handler, group_key=_GROUP)
    player = viewer.recording
    for name, keys, handler in (
        ("play", "Space", player.play),
        ("back", "Left", partial(player.jump, -STEP_MS)),
        ("on", "Right", partial(player.jump, STEP_MS)),
        ("frame_back", ",", partial(player.step_frame, -1)),
        ("frame_on", ".", partial(player.step_frame, 1)),
        ("speed", "S", player.next_speed),
        ("mark", "M", player.mark),
    ):
        # The player takes these keys itself while it has the keyboard: in the list of items they mean other things.
        kit.actions.add(pane, f"viewer.player.{name}", "", handler, group_key=_GROUP).keys = keys
    for name, keys, handler in (
        ("do", "C", viewer.cite),
        ("part_on", "Ctrl+PgDown", partial(contents.step_part, 1)),
        ("part_back", "Ctrl+PgUp", partial(contents.step_part, -1)),
    ):
        kit.actions.add(pane, f"viewer.cite.{name}", keys, handler, group_key=_GROUP)

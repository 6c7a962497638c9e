"""Keys of the whole window that a page has too: Qt hears neither of the two then."""

from __future__ import annotations

from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shell.main_window import GROUP


def taken_twice(kit: Kit) -> list[tuple[str, str, str]]:
    """(keys, what the window does, what the page would do) of each."""
    groups = dict(kit.actions.groups())
    window = {action.keys: action.name_key for action in groups.pop(GROUP) if action.keys}
    pages = (action for actions in groups.values() for action in actions)
    return [
        (action.keys, window[action.keys], action.name_key)
        for action in pages
        if action.keys in window
    ]

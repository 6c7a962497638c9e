"""Whether every dialog shows its contents from side to side: nobody can scroll them that way."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QScrollArea

from desktop.ui.shared.dialogs.dialog_frame import DialogFrame


def wider_than_shown(dialog: DialogFrame) -> list[str]:
    """A line for each scrolled part of ``dialog`` whose contents are wider than what is seen of them."""
    found = []
    for area in dialog.findChildren(QScrollArea):
        contents = area.widget()
        fixed = area.horizontalScrollBarPolicy() is Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        if contents is None or not fixed or not area.isVisibleTo(dialog):
            continue
        needs, has = contents.minimumSizeHint().width(), area.viewport().width()
        if needs > has:
            found.append(f"{dialog.objectName()}: its contents are {needs} wide, {has} are shown")
    return found


@contextmanager
def watched_dialogs() -> Iterator[list[str]]:
    """What is found of each dialog that opens meanwhile: as it opens, as it closes, and at the end."""
    found: list[str] = []

    def seen(method: Callable[..., None]) -> Callable[..., None]:
        def judged(dialog: DialogFrame, event: Any) -> None:
            method(dialog, event)
            found.extend(wider_than_shown(dialog))

        return judged

    with pytest.MonkeyPatch.context() as patch:
        for name in ("showEvent", "hideEvent"):
            patch.setattr(DialogFrame, name, seen(getattr(DialogFrame, name)))
        yield found
        for window in QApplication.topLevelWidgets():
            if isinstance(window, DialogFrame) and window.isVisible():
                found.extend(wider_than_shown(window))

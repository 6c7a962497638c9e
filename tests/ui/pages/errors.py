"""The dialog of an error, known by the code that it tells of."""

from __future__ import annotations

import re
from functools import cache

from PySide6.QtWidgets import QApplication, QWidget

from desktop.runtime.files.resources import resource_path
from desktop.runtime.texts.catalogue import COUNTED, LANGUAGES, PLACEHOLDER, file_texts
from desktop.ui.shared.dialogs.error_presenter import ErrorDialog


def tells(text: str, code: str) -> bool:
    """Whether ``text`` says what happened in an error of that code, in either language."""
    return any(re.fullmatch(pattern, text) for pattern in _patterns(code))


def assert_about(dialog: QWidget | None, code: str) -> ErrorDialog:
    """The dialog is that of an error, and of this one."""
    assert isinstance(dialog, ErrorDialog)
    assert tells(dialog.what.text(), code), dialog.what.text()
    return dialog


def close_error(code: str) -> None:
    """Close the one dialog of an error that is open, which tells of ``code``."""
    (dialog,) = (
        top for top in QApplication.topLevelWidgets() if isinstance(top, ErrorDialog) and top.isVisible()
    )  # fmt: skip
    assert_about(dialog, code).close()


@cache
def _patterns(code: str) -> tuple[re.Pattern[str], ...]:
    key = f"errors.{code}.what"
    found = [
        texts[key]
        for language in LANGUAGES
        for file in resource_path(f"translations/{language}").glob("errors*.toml")
        if key in (texts := file_texts(file))
    ]
    assert found, code
    return tuple(re.compile(_pattern(text), re.DOTALL) for text in found)


def _pattern(text: str) -> str:
    """Any value may stand in a place that is filled."""
    parts = re.split(f"{PLACEHOLDER.pattern}|{COUNTED.pattern}", text)
    groups = PLACEHOLDER.groups + COUNTED.groups
    return ".*".join(map(re.escape, parts[:: groups + 1]))

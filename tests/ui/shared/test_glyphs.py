"""Every character a window says is in the typefaces we bring: a station's system may have no other."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QRawFont
from PySide6.QtWidgets import QApplication

from desktop.runtime.files.resources import resource_path

ROOT = Path(__file__).resolve().parents[3]
SIZE = 16.0


def _characters() -> Iterator[tuple[str, str]]:
    """Each character beyond ASCII, and where it stands."""
    sources = [*resource_path("translations").rglob("*.toml"), *ROOT.glob("desktop/ui/**/*.py")]
    for path in sources:
        for char in set(path.read_text("utf-8")):
            if char > "~":
                yield char, path.name


@pytest.mark.parametrize("face", ["NotoSansSC_400Regular.ttf", "NotoSansSC_700Bold.ttf"])
def test_the_typefaces_of_windows_have_every_character_they_say(
    face: str, qapp: QApplication
) -> None:
    assert qapp is not None  # fonts are read only while there is an application
    font = QRawFont(str(resource_path("fonts") / face), SIZE)
    assert font.isValid()
    assert [
        (char, where) for char, where in _characters() if not font.supportsCharacter(ord(char))
    ] == []

"""Every character a window says is in the typefaces we bring: a station's system may have no other."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest
from PySide6.QtGui import QRawFont, QTextLayout
from PySide6.QtWidgets import QApplication

from desktop.runtime.files.resources import resource_path
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import FAMILY, RARE_FAMILY

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


def test_windows_draw_rare_characters_of_names_in_the_font_we_bring(kit: Kit) -> None:
    layout = QTextLayout("𠮷田𫖯𪚥", kit.theme.font("body"))
    layout.beginLayout()
    layout.createLine()
    layout.endLayout()
    drawn = {run.rawFont().familyName(): run.glyphIndexes() for run in layout.glyphRuns()}
    assert drawn.keys() == {FAMILY, RARE_FAMILY}
    assert 0 not in chain.from_iterable(drawn.values()), "glyph 0 is the empty box"

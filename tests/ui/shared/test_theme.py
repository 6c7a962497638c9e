"""The look: every token in both themes, enough contrast, live switching, no literals elsewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.runtime.files.resources import resource_path
from desktop.ui.shared.kit.icons import Icons
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import FAMILY, Scheme, Tone, load_tokens
from desktop.ui.shared.widgets.input.button import Button
from tests.support.strict import all_of

TOKENS = load_tokens(resource_path("theme/tokens.toml"))
UI = Path(__file__).resolve().parents[3] / "desktop" / "ui"


def _luminance(colour: QColor) -> float:
    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(part) for part in (colour.redF(), colour.greenF(), colour.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(QColor(one)), _luminance(QColor(other))), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_stands_out_from_its_ground(scheme: str) -> None:
    colours = TOKENS.colours[scheme]
    weak = [
        f"{text} on {ground}: {_contrast(colours[text], colours[ground]):.2f}"
        for text, ground in TOKENS.pairs
        if _contrast(colours[text], colours[ground]) < 4.5
    ]
    assert weak == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_focus_ring_stands_out_from_every_ground(scheme: str) -> None:
    colours = TOKENS.colours[scheme]
    for ground in ("surface", "canvas", "surface_soft", "lane"):
        assert _contrast(colours["focus"], colours[ground]) >= 3


def test_both_themes_name_the_same_colours() -> None:
    assert set(TOKENS.colours["light"]) == set(TOKENS.colours["dark"])
    assert all_of(
        QColor(value).isValid() for theme in TOKENS.colours.values() for value in theme.values()
    )


def test_no_colour_is_named_in_the_code() -> None:
    literal = re.compile(r"""["']#[0-9a-fA-F]{3,8}["']|QColor\(\s*["'\d]|rgba?\(""")
    found = [
        f"{file.name}: {line.strip()}"
        for file in sorted(UI.rglob("*.py"))
        for line in file.read_text("utf-8").splitlines()
        if literal.search(line)
    ]
    assert found == []
    assert not re.search(
        r"#[0-9a-fA-F]{3,8}\b", resource_path("theme/theme.qss").read_text("utf-8")
    )


def test_switching_is_live_and_reaches_palette_sheet_and_painted_widgets(
    kit: Kit, qtbot: QtBot
) -> None:
    button = Button(kit, "shared.save")
    qtbot.addWidget(button)
    button.show()
    light = button.grab().toImage()
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    light_sheet = app.styleSheet()
    with qtbot.waitSignal(kit.theme.changed):
        kit.theme.set_scheme(Scheme.DARK)
    assert kit.theme.dark
    assert app.palette().color(QPalette.ColorRole.Window) == kit.theme.color("canvas")
    assert app.styleSheet() != light_sheet
    assert button.grab().toImage() != light


def test_system_scheme_follows_the_system(kit: Kit, qtbot: QtBot) -> None:
    """Where the system is as light as what was chosen before, no window is painted anew."""
    with qtbot.assertNotEmitted(kit.theme.changed):
        kit.theme.set_scheme(Scheme.SYSTEM)
    assert kit.theme.scheme is Scheme.SYSTEM
    assert kit.theme.dark is False  # the offscreen platform reports no preference
    with qtbot.waitSignal(kit.theme.changed):
        kit.theme.set_scheme(Scheme.DARK)
    with qtbot.waitSignal(kit.theme.changed):
        kit.theme.set_scheme(Scheme.SYSTEM)


def test_fonts_are_the_bundled_ones_and_digits_line_up(kit: Kit) -> None:
    font = kit.theme.font("digits")
    assert font.family() == FAMILY
    assert QApplication.font().family() == FAMILY
    assert kit.theme.font("strong").weight() == QFont.Weight.Bold


def test_tones_have_text_and_ground(kit: Kit) -> None:
    for tone in Tone:
        grounds = {kit.theme.tone(tone).name(), kit.theme.tone_ground(tone).name()}
        assert len(grounds) == 2


def test_a_colour_given_out_is_a_copy(kit: Kit) -> None:
    kit.theme.color("text").setRed(255)
    assert kit.theme.color("text").red() != 255


def test_every_icon_draws_in_the_ink_asked_for(kit: Kit) -> None:
    names = sorted(path.stem for path in resource_path("icons").glob("*.svg"))
    assert len(names) > 40
    icons = Icons(kit.theme, resource_path)
    wanted = kit.theme.color("red")
    for name in names:
        picture = icons.pixmap(name, 24, "red").toImage()
        dots = [picture.pixelColor(x, y) for x in range(24) for y in range(24)]
        drawn = [dot for dot in dots if dot.alpha() > 200]
        assert drawn, name
        # Blending at the edges rounds; a second colour would be far off.
        assert all_of(abs(dot.red() - wanted.red()) < 3 for dot in drawn), name
        assert all_of(abs(dot.blue() - wanted.blue()) < 3 for dot in drawn), name

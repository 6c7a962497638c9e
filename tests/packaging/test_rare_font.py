"""The font of rare characters has what its script promises, and papers and windows need no other."""

from __future__ import annotations

from desktop.documents.printing.form_compiler import RARE_FONT, covered_characters
from desktop.runtime.files.resources import resource_path
from tests.packaging.scripts import load_script

FONTS = resource_path("fonts")
SCRIPT = load_script("make_rare_font")


def test_every_ordinary_font_and_the_rare_one_have_level_3_together() -> None:
    demanded, rare = SCRIPT.demanded(), covered_characters(FONTS / RARE_FONT)
    assert len(demanded) > 87_000
    for font in FONTS.glob("*.ttf"):
        assert demanded - covered_characters(font) - rare == frozenset(), font.name


def test_the_rare_font_repeats_none_that_all_others_have() -> None:
    fonts = [covered_characters(font) for font in FONTS.glob("*.ttf")]
    rare = covered_characters(FONTS / RARE_FONT)
    assert rare & frozenset.intersection(*fonts) == frozenset()
    assert rare <= SCRIPT.demanded()


def test_the_licence_lies_beside_the_font_and_is_listed() -> None:
    text = (FONTS / "OFL-FanzhaRareHan.txt").read_text("utf-8")
    assert "Reserved Font Name" in text
    assert [name for name in ("Hanazono", "HanaMin", "花園") if name in SCRIPT.FAMILY] == []
    listed = resource_path("LICENSES.md").read_text("utf-8").splitlines()
    rows = [line for line in listed if RARE_FONT in line]
    assert len(rows) == 1
    assert "OFL-FanzhaRareHan.txt" in rows[0]
    assert "Hanazono" in rows[0]

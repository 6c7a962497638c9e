"""Draw the font of rare characters: what GB 18030-2022 demands and our own fonts lack.

    python packaging/make_rare_font.py HanaMinB.ttf [--out resources/fonts/FanzhaRareHan.otf]

``HanaMinB.ttf`` is in Debian's package fonts-hanazono. Needs ``fonttools`` and ``cffsubr``, which nothing else here
does: install them in an environment of their own. Outlines become cubic (within one unit of 1024) and share their
strokes, which makes 30 MB 19 MB; a quarter of an hour. The same input gives the same bytes.
"""

# ruff: noqa: PLC0415 - the tools for fonts are at hand only where the font is drawn; a test asks what it has to have

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parents[1]
OUT: Final = ROOT / "resources" / "fonts" / "FanzhaRareHan.otf"
FAMILY: Final = "Fanzha Rare Han"
"""Not the name of the source, which its licence reserves."""
LEVEL_3: Final = (
    (0x3400, 0x4DB5),  # CJK extension A
    (0x4E00, 0x9FEF),  # CJK unified ideographs
    (0x20000, 0x2A6D6),  # extension B
    (0x2A700, 0x2B734),  # C
    (0x2B740, 0x2B81D),  # D
    (0x2B820, 0x2CEA1),  # E
    (0x2CEB0, 0x2EBE0),  # F
)
"""The ideographs of implementation level 3 (first and last of each block), which holds those of levels 1 and 2."""

_TOLERANCE: Final = 1.0
_MADE: Final = 3_868_214_400
"""2026-07-30 in the seconds of fonts (since 1904), so that nothing depends on the day of the build."""
_REGULAR: Final = 1 << 6
_SIMPLIFIED_CHINESE: Final = 1 << 18
_METRICS: Final = ("sTypoAscender", "sTypoDescender", "sTypoLineGap", "sCapHeight", "sxHeight")


def demanded() -> frozenset[int]:
    """Every ideograph of level 3."""
    return frozenset(code for first, last in LEVEL_3 for code in range(first, last + 1))


def lacking() -> frozenset[int]:
    """Those that one of our own fonts can not draw."""
    from fontTools.ttLib import TTFont

    fonts = sorted((ROOT / "resources" / "fonts").glob("*.ttf"))
    ours = [frozenset(TTFont(font, lazy=True).getBestCmap()) for font in fonts]
    return demanded() - frozenset.intersection(*ours)


def draw(source: Path, out: Path) -> None:
    """Write the font; ``ValueError`` names what the source lacks."""
    import cffsubr
    from fontTools.pens.qu2cuPen import Qu2CuPen
    from fontTools.pens.t2CharStringPen import T2CharStringPen
    from fontTools.ttLib import TTFont

    font = TTFont(source)
    known, outlines, unit = font.getBestCmap(), font.getGlyphSet(), font["head"].unitsPerEm
    codes = sorted(lacking())
    if missing := [f"U+{code:04X}" for code in codes if code not in known]:
        raise ValueError(f"the source lacks {len(missing)}: {' '.join(missing[:10])}")
    glyphs = {".notdef": T2CharStringPen(unit, None).getCharString()}
    for code in codes:
        pen = T2CharStringPen(unit, None)
        outlines[known[code]].draw(Qu2CuPen(pen, _TOLERANCE, all_cubic=True))
        glyphs[_name(code)] = pen.getCharString()
    made = _assembled(glyphs, {code: _name(code) for code in codes}, unit)
    cffsubr.subroutinize(made, keep_glyph_names=False)
    made.recalcTimestamp = False
    out.parent.mkdir(parents=True, exist_ok=True)
    made.save(out)


def _name(code: int) -> str:
    return f"u{code:04X}"


def _assembled(glyphs: dict[str, Any], characters: dict[int, str], unit: int) -> Any:
    """The tables around the outlines; lines are as high as those of our own fonts."""
    from fontTools.fontBuilder import FontBuilder
    from fontTools.ttLib import TTFont

    like = TTFont(ROOT / "resources" / "fonts" / "NotoSerifSC_400Regular.ttf", lazy=True)
    scale = unit / like["head"].unitsPerEm
    builder = FontBuilder(unit, isTTF=False)
    builder.setupGlyphOrder(list(glyphs))
    builder.setupCharacterMap(characters)
    builder.setupCFF(FAMILY.replace(" ", ""), {"FullName": FAMILY}, glyphs, {})
    builder.setupHorizontalMetrics(dict.fromkeys(glyphs, (unit, 0)))
    high, low = (round(getattr(like["hhea"], side) * scale) for side in ("ascent", "descent"))
    builder.setupHorizontalHeader(ascent=high, descent=low)
    builder.setupNameTable(
        {
            "copyright": "Copyright 2008-2017 GlyphWiki Project (kamichi@fonts.jp)",
            "familyName": FAMILY,
            "styleName": "Regular",
            "fullName": FAMILY,
            "psName": FAMILY.replace(" ", ""),  # without it the typesetter does not take the font
            "version": "Version 20170904",
            "description": "The ideographs of GB 18030-2022 that Noto SC lacks, "
            "from the fonts of the GlyphWiki Project",
            "licenseDescription": "SIL Open Font License, Version 1.1",
            "licenseInfoURL": "https://openfontlicense.org",
        },
        mac=False,
    )
    metrics = {name: round(getattr(like["OS/2"], name) * scale) for name in _METRICS}
    builder.setupOS2(
        version=4, fsType=0, fsSelection=_REGULAR, ulCodePageRange1=_SIMPLIFIED_CHINESE,
        usWinAscent=high, usWinDescent=-low, **metrics,
    )  # fmt: skip
    builder.setupPost(keepGlyphNames=False)
    head = builder.font["head"]
    head.created = head.modified = _MADE
    return builder.font


def main() -> None:
    """Read the arguments, draw."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("source", type=Path)
    parser.add_argument("--out", type=Path, default=OUT)
    arguments = parser.parse_args()
    draw(arguments.source, arguments.out)
    print(f"{arguments.out}: {arguments.out.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()

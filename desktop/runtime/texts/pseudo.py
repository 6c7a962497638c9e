"""A made-up language that shows clipped and untranslated text at a glance.

Every English text becomes ``[Ŝîĝñ îñ ···]``: accented, bracketed and two fifths longer, as German
or Russian would be. Placeholders stay as they are.
"""

from __future__ import annotations

import re
from typing import Final

PSEUDO_LANGUAGE: Final = "en_XA"

_ACCENTS: Final = str.maketrans("aceginorsuyACEGINORSUY", "âçéĝîñôřšûýÂÇÉĜÎÑÔŘŠÛÝ")
_PIECES: Final = re.compile(r"(\{[a-z][a-z0-9_]*(?:\|[^{}]*)?\})")
_GROWTH: Final = 0.4


def pseudo_text(text: str) -> str:
    """``text`` in the pseudo-locale."""
    pieces = _PIECES.split(text)
    accented = "".join(
        piece if _PIECES.fullmatch(piece) else piece.translate(_ACCENTS) for piece in pieces
    )
    letters = sum(len(piece) for piece in pieces if not _PIECES.fullmatch(piece))
    return f"[{accented}{'·' * max(1, round(letters * _GROWTH))}]"

"""Money as it is read: integer fen in, grouped yuan out."""

from __future__ import annotations


def yuan(fen: int) -> str:
    """``11800000`` is ``118,000`` and ``1050`` is ``10.50``: the fen are shown only where there
    are any."""
    sign, fen = ("-", -fen) if fen < 0 else ("", fen)
    whole, rest = divmod(fen, 100)
    return f"{sign}{whole:,}.{rest:02d}" if rest else f"{sign}{whole:,}"

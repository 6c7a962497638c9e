"""QR codes drawn as pictures."""

from __future__ import annotations

import io
from typing import Final

_BORDER: Final = 4  # modules of quiet zone, ISO/IEC 18004


def qr_png(data: bytes | str, scale: int = 6) -> bytes:
    """``data`` as a QR picture, ``scale`` pixels a module, error correction M; octets in binary mode, a text in the
    mode that needs the fewest modules."""
    import segno  # noqa: PLC0415 - brings what reads addresses of the web with it

    mode = "byte" if isinstance(data, bytes) else None
    code = segno.make(data, mode=mode, error="m", boost_error=False, micro=False)
    out = io.BytesIO()
    code.save(out, kind="png", scale=scale, border=_BORDER)
    return out.getvalue()

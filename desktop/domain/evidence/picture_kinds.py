"""What kind of picture a file is: by its first octets, and by its sides."""

from __future__ import annotations

from typing import Final

PLAIN: Final = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")
"""PNG and JPEG, which the readers of pictures take as they are."""
_HEIF: Final = frozenset({b"heic", b"heix", b"heim", b"heis", b"mif1", b"mif2", b"msf1"})
"""Major brands of ISO/IEC 23008-12, Annex B and 10.2."""

MOST_PIXELS: Final = 64_000_000
"""Of a picture from outside, by its header: what has more is decoded by nobody."""
LONGEST_SCREEN: Final = 2.6
"""Times its width; no screen of a phone is so high."""


def is_long(width: float, height: float) -> bool:
    """Whether a picture of these sides is a long screenshot, as phones join them of a whole chat."""
    return height > LONGEST_SCREEN * width


def is_bitmap(head: bytes) -> bool:
    """Whether a file that begins so is a picture of Windows or of a scanner (BMP, TIFF); 10 octets are enough."""
    windows = head.startswith(b"BM") and head[6:10] == bytes(4)
    return windows or head.startswith((b"II*\0", b"MM\0*"))


def is_picture(head: bytes) -> bool:
    """Whether a file that begins so is a picture of a kind that is read; 16 octets are enough."""
    webp = head.startswith(b"RIFF") and head[8:12] == b"WEBP"
    return head.startswith((*PLAIN, b"GIF8")) or webp or is_bitmap(head) or is_heif(head)


def is_heif(head: bytes) -> bool:
    """Whether a file that begins so is a HEIF photograph, as iPhones take them; 12 octets are enough."""
    return head[4:8] == b"ftyp" and head[8:12] in _HEIF

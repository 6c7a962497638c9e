"""A code found in a picture, and what it means for the case."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FoundCode:
    """``format`` is the symbology (``QRCode`` …); ``text`` what it says, untouched.

    ``meaning`` is the id of what such a code is for (``wechat_receive`` …), "text" for nothing known. ``kind`` and
    ``value`` are the identifier to propose, "" where there is none. ``corners`` are its four corners, clockwise from
    the top left one, in thousandths of the picture's width and height, as it stands when its camera's word
    about its orientation is followed.
    """

    format: str
    text: str
    meaning: str
    kind: str
    value: str
    corners: tuple[tuple[int, int], ...]

"""A picture in which no code was found, made easier to read: sharpened, stretched, enlarged, in parts.

Measured on generated photos and faxes: sharpening finds codes blurred by more than half a dot, faint copies and noisy
cameras; stretching, faxes of the coarse kind (ITU-T T.4: 98 lines an inch, 204 dots), which programs save squashed;
parts, pages of several codes whose corners a reader takes for those of one.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

_RADIUS: Final = 3.0
"""Dots; about half a module of a code that fills a camera's picture."""
_AMOUNT: Final = 3.0
_FAX_LINES: Final = 2
"""Lines of a fine fax for one of a coarse one."""
_SMALL: Final = 1600
"""A longer side below which enlarging may help."""


def sharpened(view: memoryview) -> memoryview:
    """Edges made steeper (unsharp masking)."""
    return _view(_sharp(_array(view)))


def enlarged(view: memoryview) -> memoryview:
    """Twice as large, where it is small: three dots a module are few when light, noise and a tilt come together."""
    return _view(_twice(_array(view)))


def picture_variants(view: memoryview) -> Iterator[memoryview]:
    """The same picture in other ways, the most promising first."""
    import cv2  # noqa: PLC0415 - only the process beside looks twice, and seldom

    gray = _array(view)
    height, width = gray.shape
    yield _view(_sharp(gray))
    if width > height:
        stretched = cv2.resize(gray, (width, height * _FAX_LINES), interpolation=cv2.INTER_CUBIC)
        yield _view(stretched)
        yield from map(_view, _parts(stretched))
    yield from map(_view, _parts(gray))
    if max(height, width) < _SMALL:
        yield _view(_twice(gray))


def _parts(gray: Any) -> Iterator[Any]:
    """Nine parts of half the size, each overlapping the next by half."""
    height, width = gray.shape
    for top in range(3):
        for left in range(3):
            y, x = top * height // 4, left * width // 4
            yield gray[y : y + height // 2, x : x + width // 2]


def _sharp(gray: Any) -> Any:
    import cv2  # noqa: PLC0415 - as above

    soft = cv2.GaussianBlur(gray, (0, 0), _RADIUS)
    return cv2.addWeighted(gray, 1 + _AMOUNT, soft, -_AMOUNT, 0)


def _twice(gray: Any) -> Any:
    import cv2  # noqa: PLC0415 - as above

    small = max(gray.shape) < _SMALL
    return cv2.resize(gray, None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC) if small else gray


def _array(view: memoryview) -> Any:
    import numpy as np  # noqa: PLC0415 - as above

    return np.asarray(view)


def _view(gray: Any) -> memoryview:
    import numpy as np  # noqa: PLC0415 - as above

    tight: Any = np.ascontiguousarray(gray)
    return memoryview(tight)

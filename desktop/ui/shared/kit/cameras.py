"""Where pictures of a moment come from. Widgets see this only; what is behind it is the program's to choose."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum

from PySide6.QtCore import QObject, Signal


class CameraTrouble(Enum):
    """Why there are no pictures; the words are ``camera.trouble.<value>``."""

    NONE = "none"
    """This computer has no camera."""
    REFUSED = "refused"
    """The system does not let this program use it."""
    FAILED = "failed"
    """It is used by another program, was unplugged, or does not work."""
    MISSING = "missing"
    """This build or this computer lacks what drives cameras."""


class FrameSource(QObject):
    """A camera, or what stands for one. ``framed(QImage)``: a picture; whoever is slow misses some, none is kept.
    ``troubled(CameraTrouble)``: there will be none until :meth:`start` is called again."""

    framed = Signal(object)
    troubled = Signal(object)

    @property
    def names(self) -> tuple[str, ...]:
        """The cameras there are, as the system calls them; the one in use comes first."""
        return ()

    def start(self) -> None:
        """Begin; may be called again after trouble."""

    def stop(self) -> None:
        """No more pictures; the camera's light goes out."""

    def turn(self) -> None:
        """Use the next camera."""


class NoCamera(FrameSource):
    """A computer without a camera."""

    def start(self) -> None:
        """Say so."""
        self.troubled.emit(CameraTrouble.NONE)


OpenCamera = Callable[[QObject], FrameSource]
"""Makes a source that belongs to the object it is given; it costs nothing before it is started."""


def no_camera(parent: QObject) -> FrameSource:
    """For everything that is no program with a window on a real desk."""
    return NoCamera(parent)

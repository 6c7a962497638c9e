"""What the dialogs ask of the desk. Calls run off the GUI thread and raise AppErrors."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from PySide6.QtWidgets import QDialog, QWidget

if TYPE_CHECKING:
    from desktop.services.ports import Pdf

ShowPage = Callable[[QWidget, "Pdf", str], QDialog]
"""Open a window with a test page over another one; the title names the file it may be kept as."""


class BoundFilesPort(Protocol):
    """The files of this device, for the officer signed in."""

    @property
    def may_approve(self) -> bool:
        """Whether the officer may make a changed file the unit's own."""
        ...

    def restore(self) -> tuple[str, ...]:
        """Put every changed file back to what is bound; their paths."""
        ...

    def trial(self, path: str, said: str) -> Pdf:
        """Test pages; one of no pages for a file that is no form."""
        ...

    def approve(self, path: str, said: str | None) -> str:
        """Follow ``said`` from now on, None: no such file."""
        ...

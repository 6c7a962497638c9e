"""What the flow screen asks of the desk."""

from __future__ import annotations

from typing import Protocol

from desktop.domain.flow_sheet import FlowSheet
from desktop.services.export_flow import FlowFormat


class FlowPort(Protocol):
    """The services behind the screen. All may be slow, run in lane ``db`` and raise ``AppError``."""

    def load(self, tolerance: int | None) -> FlowSheet:
        """The money, followed by every method; ``tolerance`` in seconds, the rule's number for None."""
        ...

    def content(self, sheet: FlowSheet, kind: FlowFormat) -> bytes:
        """The facts in a format of ``DATA``; recorded."""
        ...

    def note_picture(self, sheet: FlowSheet, kind: FlowFormat) -> None:
        """Record that the drawing was written to a file."""
        ...

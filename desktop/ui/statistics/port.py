"""What the statistics screen asks of the desk."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Protocol

from desktop.services.ports import Pdf, StatisticsSheetFacts
from desktop.services.read_statistics import Statistics


class StatisticsPort(Protocol):
    """All may be slow and raise ``AppError``."""

    def load(self) -> Statistics:
        """Every known case."""
        ...

    def workbook(self, facts: StatisticsSheetFacts, path: Path) -> None:
        """Write the shown tables as xlsx."""
        ...

    def sheet(self, facts: StatisticsSheetFacts, at: datetime) -> Pdf:
        """The printable sheet of the period."""
        ...


OpenPaper = Callable[[Pdf, str], None]

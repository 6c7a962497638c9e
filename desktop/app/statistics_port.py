"""The calls of the statistics screen, answered by services and by what writes papers and tables."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from desktop.documents.form_texts import FormTexts
from desktop.documents.statistics_sheet import statistics_workbook
from desktop.runtime.atomic_file import write_atomic
from desktop.runtime.catalogue import Catalogue
from desktop.services.ports import Pdf, StatisticsSheetFacts
from desktop.services.read_statistics import Statistics, read_statistics
from desktop.services.session import Session


class StatisticsVerbs:
    """Implements :class:`desktop.ui.statistics.port.StatisticsPort`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def load(self) -> Statistics:
        """Every known case."""
        return read_statistics(self._session)

    def workbook(self, facts: StatisticsSheetFacts, path: Path) -> None:
        """Write the tables as xlsx, in the language of the desk's own sheets."""
        words = FormTexts(Catalogue.load(self._session.papers.language))
        write_atomic(path, statistics_workbook(facts, words), mode=0o644)

    def sheet(self, facts: StatisticsSheetFacts, at: datetime) -> Pdf:
        """The printable sheet."""
        return self._session.papers.statistics_sheet(facts, at)

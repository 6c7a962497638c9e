"""The shown statistics as a workbook."""

from __future__ import annotations

from pathlib import Path

from desktop.documents.printing.form_texts import FormTexts
from desktop.documents.sheets.statistics_sheet import statistics_workbook
from desktop.runtime.files.atomic_file import write_atomic
from desktop.runtime.texts.catalogue import Catalogue
from desktop.services.ports import StatisticsSheetFacts
from desktop.services.session import Session


def write_workbook(session: Session, facts: StatisticsSheetFacts, path: Path) -> None:
    """Write the tables as xlsx, in the language of the desk's own sheets."""
    texts = FormTexts(Catalogue.load(session.papers.language))
    write_atomic(path, statistics_workbook(facts, texts), mode=0o644)

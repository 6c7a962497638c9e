"""The register of cases written as tables."""

from __future__ import annotations

from pathlib import Path

from desktop.documents.printing.form_texts import FormTexts
from desktop.documents.sheets.case_register import register_tables
from desktop.domain.progress import Progress
from desktop.runtime.files.atomic_file import write_beside
from desktop.runtime.texts.catalogue import Catalogue
from desktop.services.read_register import RegisterWish, read_register
from desktop.services.session import Session


def write_register(session: Session, wish: RegisterWish, progress: Progress) -> tuple[Path, ...]:
    """Write the tables into a folder, in the language of the desk's own sheets; no other file is replaced."""
    texts = FormTexts(Catalogue.load(session.papers.language))
    found = read_register(session, wish.cases, progress, reveal=wish.reveal)
    types = {item.code: item.short(session.papers.language) for item in session.scripts.types}
    written = []
    for name, table in register_tables(found, texts, types).items():
        written.append(write_beside(wish.folder / name, table, mode=0o644))
    return tuple(written)

"""Dispatch batches as files: a folder with a letter and a table for each, written whole or not at all."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from desktop.documents.printing.form_texts import FormTexts
from desktop.documents.sheets.order_workbook import order_workbook
from desktop.domain.case_file.orders.dispatch_batch import AND, DispatchBatch, WrittenBatch
from desktop.domain.installation.officer import Permission
from desktop.domain.progress import Progress
from desktop.runtime.files.atomic_file import world_error, write_beside
from desktop.runtime.packages.order_sheets import sheet_words
from desktop.runtime.texts.catalogue import LANGUAGES, Catalogue
from desktop.services.duty_phone import duty_phone
from desktop.services.ports import BatchLetterFacts
from desktop.services.session import Session

_UNFIT: Final = re.compile(r'[\\/:*?"<>|\x00-\x1f]+|[. ]+$')
"""What no file name on a stick may hold; names of receivers come from stations."""
_LONGEST: Final = 40


def write_batches(
    session: Session, batches: Iterable[DispatchBatch], folder: Path, progress: Progress
) -> tuple[WrittenBatch, ...]:
    """Write the files of these batches; the same batch written again gives the same files, and no other is replaced.

    Raises ``WorldError`` as the disk does, ``Cancelled`` between two; batches stay recorded and can be written again.
    """
    session.require(Permission.DISPATCH)
    listed = tuple(batches)
    words, columns = FormTexts(Catalogue.load(LANGUAGES[0])), sheet_words()
    phone = duty_phone(session)
    done = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise world_error(error) from error
    for number, batch in enumerate(listed, 1):
        progress.check()
        progress.advance(number, len(listed))
        name = _stem(batch, words)
        table = folder / f"{name}.xlsx"
        workbook = write_beside(table, order_workbook(batch, words, columns), mode=0o644)
        officer = session.officer
        facts = BatchLetterFacts(
            batch, session.profile.unit_name, ((officer.number, officer.name),), workbook.name,
            phone,
        )  # fmt: skip
        at = session.clock.now() if batch.reminds else batch.made_at
        data = session.sheets.sheet(facts, at).data
        letter = write_beside(folder / f"{name}.pdf", data, mode=0o644)
        done.append(WrittenBatch(batch, letter, workbook, workbook != table))
    return tuple(done)


def _stem(batch: DispatchBatch, texts: FormTexts) -> str:
    """A reminder stands beside the batch it is about and never takes its place."""
    first = batch.number.partition(AND)[0]
    parts = (first, texts.text("pack_letter.reminder")) if batch.reminds else (first,)
    return "-".join((*parts, file_name(batch.receiver)))


def file_name(receiver: str) -> str:
    """A receiver's name as part of a file name on any medium."""
    return _UNFIT.sub("_", receiver)[:_LONGEST].strip("_") or "_"

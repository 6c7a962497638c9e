"""Read the words of an item of the evidence, as pasted text is read: a receipt in PDF, a chat, a mail, a message."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeAlias

from desktop.domain.ids import CaseId, EvidenceId
from desktop.domain.installation.officer import Permission
from desktop.domain.progress import Progress
from desktop.domain.statements.proposal import Extraction
from desktop.services.evidence.view_evidence import find_evidence
from desktop.services.extraction.read_evidence import content_of, note_reading
from desktop.services.session import Session

WordsOf: TypeAlias = Callable[[str, bytes], str]
"""The words of a file by its name and content, empty where it has none for people; may raise ``AppError``."""

_MOST: Final = 200_000
"""Letters that are searched; a receipt has some hundred."""


def read_text(
    session: Session, case: CaseId, evidence: EvidenceId, progress: Progress, *, words_of: WordsOf
) -> Extraction:
    """What the words propose, with the words themselves; nothing proposed leaves no trace in the log.

    Raises ``UserInputError("reading.too_large")``, and what the vault and ``words_of`` raise.
    """
    session.require(Permission.READ_CASES)
    data = content_of(session, case, evidence, progress).getvalue()
    text = words_of(find_evidence(session, case, evidence).name, data)
    progress.check()
    plain = "\n".join(
        text.replace("\xa0", " ").splitlines()
    )  # as windows hold it: places must agree
    reading = session.reader.read(plain[:_MOST], session.clock.now())
    if reading.proposals:
        note_reading(session, evidence)
    return reading

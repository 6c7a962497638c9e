"""Record that an officer searched the cases: how, with how many hits, never for what."""

from __future__ import annotations

from enum import StrEnum

from desktop.domain.installation.officer import Permission
from desktop.journal.authority import officer_subject
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import CASES_SEARCHED
from desktop.services.session import Session


class SearchWay(StrEnum):
    """What was searched by."""

    WORDS = "words"
    MARK = "mark"
    """The mark in the corner of a paper."""


def note_search(session: Session, text: str, hits: int, way: SearchWay = SearchWay.WORDS) -> None:
    """``text`` enters as a digest under a key of this profile: the same search is known again, the text is not told."""
    session.require(Permission.READ_CASES)
    number = session.officer.number
    fields = {"by": way.value, "hits": hits, "digest": session.marks.of("search", text.strip())}
    subject = officer_subject(session.profile.device, number)
    with session.store.write() as transaction:
        transaction.append(number, NewEntry(CASES_SEARCHED, subject, fields))

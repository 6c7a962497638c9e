"""The interviews of a case in the report document of the command line: written from the case, and read strictly.

The facts take the same way as in the window, so that nothing bypasses a rule it enforces. Questions and answers are
those of the case (``answers``), in the words and the order of the record of interview.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from desktop.domain.case_file.supplement_papers import PREFIX, interview_for
from desktop.domain.case_file.views import CaseFile
from desktop.domain.cases.interview import Interview
from desktop.domain.cases.people.party import SELF
from desktop.domain.errors import UserInputError
from desktop.domain.identifiers.plain import is_text
from desktop.domain.records.fields import Json
from desktop.domain.time.local_time import CHINA
from desktop.services.papers.statement_facts import statement_of
from desktop.services.session import Session

_TEXTS: Final = ("place", "asker", "recorder", "present", "absent")
_TIMES: Final = ("began", "ended")
_SHOWN: Final = frozenset({"questions"})
"""What is written for the reader and passed over when it is given again."""
_NOTE: Final = "_"
_VICTIM: Final = "victim"


def interview_documents(
    session: Session, file: CaseFile, names: Mapping[str, str]
) -> dict[str, Json]:
    """``interviews``: that of the report and those of supplements, as far as anything is known of them. ``names``:
    number → name of officers."""
    abouts = ("", *(f"{PREFIX}{item.id}" for item in file.supplements))
    found: list[Json] = [
        interview_document(session, file, number, names)
        for number, about in enumerate(abouts)
        if not interview_for(file, about).is_unsaid
    ]
    return {"interviews": found} if found else {}


def interview_document(
    session: Session, file: CaseFile, supplement: int, names: Mapping[str, str]
) -> dict[str, Json]:
    """One of them: about a supplement counted from 1, or about the report (0)."""
    about = about_of(file, supplement)
    known = interview_for(file, about)
    pairs = statement_of(session, file, names, about).answers
    return {
        "supplement": supplement,
        **{name: _shown_time(getattr(known, name)) for name in _TIMES},
        **{name: getattr(known, name) for name in _TEXTS},
        "asked": _asked_shown(file, known.asked),
        "questions": [{"question": item.question, "answer": item.answer} for item in pairs],
    }


def about_of(file: CaseFile, supplement: int) -> str:
    """What the paper of an interview is about. Raises ``UserInputError("supplement.unknown")``."""
    if not 0 <= supplement <= len(file.supplements):
        raise UserInputError("supplement.unknown", number=supplement)
    return f"{PREFIX}{file.supplements[supplement - 1].id}" if supplement else ""


def interview_from_document(document: Any, parties: Sequence[str], where: str) -> Interview:
    """What a document says of one interview. ``parties``: ids of the parties beside the victim, in their order.

    Raises ``UserInputError``: ``report.malformed``, ``report.unknown_key``, ``report.time``, ``report.choice``, with
    the place.
    """
    if not isinstance(document, dict) or not all(map(is_text, document)):
        raise UserInputError("report.malformed", where=where)
    for name in document:
        if name not in {*_TEXTS, *_TIMES, *_SHOWN, "asked", "supplement", _NOTE}:
            raise UserInputError("report.unknown_key", where=f"{where}.{name}")
    facts: dict[str, Any] = {name: _text(document, name, where) for name in _TEXTS}
    facts |= {name: _time(document, name, where) for name in _TIMES}
    facts["asked"] = _asked(_text(document, "asked", where), parties, where)
    return replace(Interview(), **facts)


def require_supplement(document: Mapping[str, Any], wanted: int, where: str) -> None:
    """Refuse a document that says it is about another supplement than the one it is to be recorded of. Raises
    ``UserInputError("report.choice")``."""
    named = document.get("supplement", wanted)
    if named != wanted:
        raise UserInputError("report.choice", where=f"{where}.supplement", value=str(named)[:20])


def report_interview(top: Any, parties: Sequence[str]) -> Interview | None:
    """What the document of a report says of the interview about it; None where it says nothing. Those of supplements
    are passed over with these. Raises as :func:`interview_from_document`."""
    listed = top.get("interviews") if isinstance(top, dict) else None
    if listed is None:
        return None
    if not isinstance(listed, list):
        raise UserInputError("report.malformed", where="interviews")
    found = None
    for index, item in enumerate(listed):
        where = f"interviews.{index}"
        read = interview_from_document(item, parties, where)
        number = item.get("supplement", 0)
        if type(number) is not int or number < 0 or (number == 0 and found is not None):
            raise UserInputError("report.malformed", where=f"{where}.supplement")
        if number == 0:
            found = read
    return found


def _shown_time(at: datetime | None) -> str:
    return at.astimezone(CHINA).isoformat(timespec="seconds") if at is not None else ""


def _asked_shown(file: CaseFile, asked: str) -> str:
    """ "" for who reports, ``victim``, or the place among ``parties`` counted from 1."""
    if asked == SELF:
        return _VICTIM
    places = {str(item.id): str(number) for number, item in enumerate(file.case.everyone[1:], 1)}
    return places.get(asked, "")


def _asked(asked: str, parties: Sequence[str], where: str) -> str:
    if asked in ("", _VICTIM):
        return SELF if asked else ""
    known = {str(number): party for number, party in enumerate(parties, 1)}
    if asked not in known:
        raise UserInputError("report.choice", where=f"{where}.asked", value=asked)
    return known[asked]


def _text(values: Mapping[str, Any], name: str, where: str) -> str:
    value = values.get(name)
    if value is None:
        return ""
    if not isinstance(value, str) or not is_text(value):
        raise UserInputError("report.malformed", where=f"{where}.{name}")
    return value


def _time(values: Mapping[str, Any], name: str, where: str) -> datetime | None:
    typed = _text(values, name, where)
    if not typed:
        return None
    try:
        at = datetime.fromisoformat(typed)
        at = at if at.tzinfo else at.replace(tzinfo=CHINA)
        return at.astimezone(CHINA)
    except (ValueError, OverflowError) as error:
        raise UserInputError("report.time", where=f"{where}.{name}") from error

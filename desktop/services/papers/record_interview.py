"""Record when, where, by whom and of whom a person was interviewed; what was recorded before stays in the history."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from typing import Any

from desktop.domain.case_file.supplement_papers import interview_for
from desktop.domain.case_file.views import CaseFile
from desktop.domain.cases.interview import INTERVIEWS, Interview
from desktop.domain.errors import RuleError, UserInputError
from desktop.domain.identifiers.plain import clean
from desktop.domain.ids import CaseId
from desktop.domain.installation.officer import Permission
from desktop.domain.records.record_family import LONGEST
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import CASE_AMENDED
from desktop.services.look_up import file_in
from desktop.services.session import Session


def start_interview(session: Session, case: CaseId, about: str = "") -> Interview:
    """The interview begins now, here, asked by who is signed in. What somebody recorded already stays.

    ``about``: the supplement it is about, else it is that of the report.

    Raises:
        UserInputError: ``case.unknown``.
        RuleError: ``interview.begun``: its beginning is recorded.
    """
    session.require(Permission.WRITE_CASES)
    now = session.clock.now()

    def begun(known: Interview, file: CaseFile) -> Interview:
        if known.began is not None:
            raise RuleError("interview.begun")
        return replace(
            known,
            began=now,
            place=known.place or file.case.unit_name,
            asker=known.asker or session.officer.number,
        )

    return _record(session, case, about, begun)


def end_interview(session: Session, case: CaseId, about: str = "") -> Interview:
    """The interview ends now; arguments as for :func:`start_interview`.

    Raises:
        UserInputError: ``case.unknown``; ``interview.order``: by the clock it has not begun yet.
        RuleError: ``interview.not_begun``, ``interview.over``.
    """
    session.require(Permission.WRITE_CASES)
    now = session.clock.now()

    def over(known: Interview, _file: CaseFile) -> Interview:
        if known.began is None:
            raise RuleError("interview.not_begun")
        if known.ended is not None:
            raise RuleError("interview.over")
        return replace(known, ended=now)

    return _record(session, case, about, over)


def record_interview(
    session: Session, case: CaseId, typed: Interview, about: str = ""
) -> Interview:
    """Record what was typed of an interview; an empty fact takes back what was recorded.

    Raises:
        UserInputError: ``case.unknown``; ``interview.future``: a time that is still to come; ``interview.order``: it
            ended before it began; ``interview.long``: a fact is too long.
        RuleError: ``interview.same_officer``: one person is no two officers.
    """
    session.require(Permission.WRITE_CASES)
    return _record(session, case, about, lambda known, _file: replace(typed, id=known.id))


def _record(
    session: Session,
    case: CaseId,
    about: str,
    change: Callable[[Interview, CaseFile], Interview],
) -> Interview:
    with session.store.write() as transaction:
        file = file_in(transaction, case)
        known = interview_for(file, about)
        new = check_interview(session, change(known, file))
        changed = INTERVIEWS.changes(known, new)
        if changed:
            entry = NewEntry(CASE_AMENDED, f"case/{case}", changed)
            transaction.append(session.officer.number, entry)
    return new


def check_interview(session: Session, interview: Interview) -> Interview:
    """The interview with tidy texts. Raises as :func:`record_interview` but ``case.unknown``."""
    texts: dict[str, Any] = {
        item.name: clean(value)
        for item in fields(interview)
        if isinstance(value := getattr(interview, item.name), str)
    }
    tidy = replace(interview, **texts)
    if any(len(text) > LONGEST for text in texts.values()):
        raise UserInputError("interview.long", limit=LONGEST)
    if any(at is not None and at > session.clock.now() for at in (tidy.began, tidy.ended)):
        raise UserInputError("interview.future")
    if tidy.began is not None and tidy.ended is not None and tidy.ended < tidy.began:
        raise UserInputError("interview.order")
    if tidy.asker and tidy.asker == tidy.recorder:
        raise RuleError("interview.same_officer")
    return tidy

"""Which papers hold what was told later: a statement of its own, or the first one while nobody made another."""

from __future__ import annotations

from dataclasses import replace

from desktop.domain.case_file.views import CaseFile
from desktop.domain.cases.case import Case
from desktop.domain.cases.interview import FIRST, Interview, interview_among
from desktop.domain.cases.people.party import Party
from desktop.domain.cases.supplement import Supplement, SupplementSource
from desktop.domain.ids import InterviewId

PREFIX = "supplement/"
"""What the subject of a paper about a supplement begins with."""


def supplement_of(file: CaseFile, about: str) -> Supplement | None:
    """The supplement a paper is about; None for any other paper."""
    return next((item for item in file.supplements if f"{PREFIX}{item.id}" == about), None)


def heard_later(file: CaseFile) -> tuple[Supplement, ...]:
    """What the person who reported told later, in the order of time: each may have a statement of its own."""
    own = (item for item in file.supplements if item.source is SupplementSource.REPORTER)
    return tuple(sorted(own, key=lambda item: (item.reported_at, item.made_at)))


def interview_for(file: CaseFile, about: str) -> Interview:
    """The interview that a paper about ``about`` records: that of the supplement, else that of the report."""
    inside = about.removeprefix(PREFIX) if about.startswith(PREFIX) else ""
    return interview_among(file.case.interviews, InterviewId(inside) if inside else FIRST)


def asked_in(case: Case, interview: Interview) -> Party:
    """Who was asked: whoever was named, else who reports."""
    named = (party for party in case.everyone if party.id == interview.asked)
    return next(named, case.reporter)


def case_for_paper(file: CaseFile, about: str, form: str) -> CaseFile:
    """The case as the paper ``form`` about ``about`` tells it.

    A paper about a supplement tells what came with it and nothing else. The paper of the case tells everything but
    what a living paper of the same form about a supplement tells already.
    """
    one = supplement_of(file, about)
    if one is not None:
        bare = replace(file.case, narrative="", answers=(), returned_fen=0)
        return replace(
            file,
            case=bare,
            transfers=tuple(item for item in file.transfers if item.id in one.transfers),
            identifiers=tuple(item for item in file.identifiers if item.id in one.identifiers),
            supplements=(one,),
        )
    apart = {paper.about for paper in file.papers if paper.form == form and paper.living}
    others = tuple(item for item in file.supplements if f"{PREFIX}{item.id}" in apart)
    transfers = {key for item in others for key in item.transfers}
    leads = {key for item in others for key in item.identifiers}
    return replace(
        file,
        transfers=tuple(item for item in file.transfers if item.id not in transfers),
        identifiers=tuple(item for item in file.identifiers if item.id not in leads),
        supplements=tuple(item for item in file.supplements if item not in others),
    )


def brought_with(file: CaseFile, about: str) -> CaseFile:
    """The case with the evidence that came with a supplement: from when it was told until the next one was."""
    one = supplement_of(file, about)
    if one is None:
        return file
    later = [item.reported_at for item in file.supplements if item.reported_at > one.reported_at]
    end = min(later, default=None)
    found = (
        item
        for item in file.evidence
        if item.added_at >= one.reported_at and (end is None or item.added_at < end)
    )
    return replace(file, evidence=tuple(found))

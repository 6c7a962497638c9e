"""Who was interviewed, when and by whom, as the record of interview prints it; what nobody recorded stays blank."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from desktop.documents.case_forms.form_specs import FormEntry
from desktop.documents.case_forms.party_facts import acting_text, person_facts
from desktop.documents.printing.form_texts import FormData, FormTexts
from desktop.domain.case_file.heard_as import HeardAs, heard_as
from desktop.domain.case_file.supplement_papers import asked_in, interview_for
from desktop.domain.cases.case import Case, guardian_of
from desktop.domain.cases.interview import Interview
from desktop.domain.cases.people.party import PartyRole
from desktop.domain.interview.first_person import in_anothers_words, in_first_person
from desktop.services.ports import PaperFacts

STATEMENT: Final = "statement"
"""The template of the record of interview."""
_HEARD_AS: Final = "heard_as"


def words_given(entry: FormEntry, facts: PaperFacts) -> Mapping[str, Any]:
    """The words of a form alone, for its template; of a record of interview those for who is asked."""
    if _HEARD_AS not in entry.given:
        return entry.given
    given = dict(entry.given)
    others: Mapping[str, Mapping[str, Any]] = given.pop(_HEARD_AS)
    return {**given, **others.get(_place(facts), {})}


def handed_to(facts: PaperFacts) -> str:
    """Whom a notice for witnesses is handed to: who is asked, unless that is the victim; empty then, to be written."""
    asked = asked_in(facts.file.case, interview_for(facts.file, facts.about))
    return "" if _place(facts) is HeardAs.VICTIM else asked.name


def _place(facts: PaperFacts) -> HeardAs:
    case = facts.file.case
    return heard_as(case.victim, asked_in(case, interview_for(facts.file, facts.about)))


def interview_facts(facts: PaperFacts, texts: FormTexts, *, administrative: bool) -> FormData:
    """``asked``: the person who was asked, as old as they were then; ``officers``: who asked and who recorded. Without
    a recorded interview the officer who heard the report is proposed, and nobody beside them."""
    case, interview = facts.file.case, interview_for(facts.file, facts.about)
    asked = asked_in(case, interview)
    shown = person_facts(asked, texts, interview.began or case.accepted_at)
    label = "party.speaks_for_injured" if administrative else "party.speaks_for_victim"
    first = interview.asker or ("" if interview.recorder else case.accepted_by)
    return {
        "asked": shown
        | {
            "acting": acting_text(case, asked, texts, administrative=administrative),
            "acting_label": texts.text(label),
        },
        "officers": [_officer(first, facts, texts), _officer(interview.recorder, facts, texts)],
    }


def interview_phrases(facts: PaperFacts, texts: FormTexts) -> dict[str, str]:
    """What the head of the record says of the interview."""
    case, interview = facts.file.case, interview_for(facts.file, facts.about)
    return {
        "began": texts.minute(interview.began) if interview.began else "",
        "ended": texts.minute(interview.ended) if interview.ended else "",
        "interview_place": interview.place or case.unit_name,
        "recorder": _officer(interview.recorder, facts, texts),
        "present": _present(case, interview, texts),
    }


def story_of_asked(story: str, facts: PaperFacts) -> str:
    """A story as the person who is asked tells it; empty, to be written, where its I may be another's."""
    case = facts.file.case
    asked = asked_in(case, interview_for(facts.file, facts.about))
    return "" if in_anothers_words(story, case, asked) else in_first_person(story, case, asked)


def _present(case: Case, interview: Interview, texts: FormTexts) -> str:
    """Who else was there: whoever was named; with a minor the guardian, or why none came; with an adult nobody, in an
    interview that was held here. Of any other nobody said who was there."""
    asked = person_facts(asked_in(case, interview), texts, interview.began or case.accepted_at)
    absent = interview.absent
    parts = [interview.present, absent and texts.text("interview.absent", reason=absent)]
    found = "；".join(filter(None, parts))
    if found:
        return found
    if asked["age"] and not asked["minor"]:
        return texts.text("phrase.nobody") if interview.began else ""
    return "、".join(_guardians(case, texts)) or guardian_of(case)


def _guardians(case: Case, texts: FormTexts) -> Iterator[str]:
    """Guardians among the parties, with what they are to the minor and how they are reached."""
    for party in case.parties:
        if PartyRole.GUARDIAN in party.roles and party.name:
            about = "，".join(filter(None, (party.relation, party.phone)))
            named = texts.text("interview.guardian", name=party.name, about=about)
            yield named if about else party.name


def _officer(number: str, facts: PaperFacts, texts: FormTexts) -> str:
    return texts.person(number, facts.officers.get(number, ""))

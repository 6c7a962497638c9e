"""Which desk is in charge of a case, in words: for the card, the header, the history and conflicts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from desktop.domain.cases.case_holder import Assignment, CaseHolder, HolderNote, holder_from_text
from desktop.services.cases.changes.change_holder import ASSIGN, HolderState
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.text.assignment_text import assignment_key
from desktop.ui.shared.text.moment_text import clock_or_day, moment


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, and the details below it."""

    head: str
    hint: str


@dataclass(frozen=True, slots=True)
class HolderMark:
    """A few signs beside the name, what they say in full, and the letter both name."""

    key: str
    name_key: str
    letter: str
    tone: Tone


class HolderTexts:
    """``officer`` names an officer by number."""

    def __init__(self, kit: Kit, officer: Callable[[str], str]) -> None:
        self._kit = kit
        self._officer = officer

    def stands(self, state: HolderState) -> Sentence:
        """Who is in charge, since when, and from whom."""
        holder, words = state.holder, self._kit.texts
        key = "case_holder.here" if state.own else "case_holder.there"
        if holder.assignment is not None or ASSIGN in state.acts:
            key = "case_holder.centre"
        at = moment(self._kit, holder.since) if holder.since else ""
        since = words.text("case_holder.since", officer=self._officer(holder.by), at=at)
        return Sentence(words.text(key, letter=holder.letter), since if at else "")

    def came_from(self, holder: CaseHolder) -> str:
        """The desk that had it before, and why it changed; empty for the one that registered the case."""
        if not holder.former:
            return ""
        return self._kit.texts.text("case_holder.from", letter=holder.former, reason=holder.reason)

    def waits(self, state: HolderState) -> Sentence | None:
        """The offer that waits for an answer, or the refusal of the last one."""
        holder = state.holder
        note, assignment = holder.offer or holder.declined, holder.assignment
        if note is not None and assignment is not None:
            return self._assigned(state, note, assignment)
        if holder.offer is not None:
            name = "offered" if state.own else "offered_on"
            if state.offered_here:
                name = "offered_here"
            letter = holder.offer.letter if state.own else holder.letter
            return self._note(name, holder.offer, letter=letter, to=holder.offer.letter)
        if holder.declined is not None:
            return self._note("declined", holder.declined, letter=holder.declined.letter, to="")
        return None

    def _assigned(self, state: HolderState, note: HolderNote, assignment: Assignment) -> Sentence:
        """To which station, why, and by when it should answer."""
        texts, name = self._kit.texts, assignment_key(assignment, here=state.offered_here)
        known = (one.unit_name for one in state.stations if one.unit_code == note.unit)
        hint = texts.text(
            f"case_holder.why.{name}",
            officer=self._officer(note.by),
            at=moment(self._kit, note.at) if note.at else "",
            reason=note.reason,
            station=next(known, texts.text("case_holder.a_station")),
        )
        if state.answer_by is not None:
            late = state.answer_by <= self._kit.ticks.now()
            key = "case_holder.late" if late else "case_holder.answer_by"
            hint += texts.text(key, due=clock_or_day(self._kit, state.answer_by))
        return Sentence(texts.text(f"case_holder.waits.{name}"), hint)

    def _note(self, name: str, note: HolderNote, *, letter: str, to: str) -> Sentence:
        texts = self._kit.texts
        params = {
            "officer": self._officer(note.by),
            "at": moment(self._kit, note.at) if note.at else "",
            "reason": note.reason,
        }
        return Sentence(
            texts.text(f"case_holder.waits.{name}", letter=letter, to=to),
            texts.text(f"case_holder.why.{name}", letter=letter, **params),
        )

    def chip(self, state: HolderState) -> HolderMark | None:
        """The header's mark: nothing while the case is ours and nobody is asked."""
        holder = state.holder
        if holder.assignment is not None:
            name = assignment_key(holder.assignment, here=state.offered_here)
            return HolderMark(
                f"case_holder.mark_{name}", f"case_holder.waits.{name}", "", Tone.WARN
            )
        if state.offered_here:
            letter, names = (
                holder.letter,
                ("case_holder.mark_offered", "case_holder.waits.offered_here"),
            )
        elif state.own and holder.offer is not None:
            letter, names = (
                holder.offer.letter,
                ("case_holder.mark_away", "case_holder.waits.offered"),
            )
        elif state.own or state.alone or not holder.letter:
            return None
        else:
            letter, names = holder.letter, ("case_holder.mark", "case_holder.there")
        tone = Tone.WARN if holder.offer is not None else Tone.INFO
        return HolderMark(*names, letter, tone)


def holder_text(kit: Kit, text: str) -> str:
    """The value of the field as a history or a conflict shows it: one line."""
    holder = holder_from_text(text)
    if holder is None:
        return text
    texts = kit.texts
    parts = [texts.text("case_holder.there", letter=holder.letter)]
    if holder.assignment is not None:
        name = assignment_key(holder.assignment, here=False)
        return texts.text(f"case_holder.waits.{name}")
    if holder.offer is not None:
        parts.append(texts.text("case_holder.offered_to", letter=holder.offer.letter))
    if holder.declined is not None:
        parts.append(texts.text("case_holder.waits.declined", letter=holder.declined.letter))
    return texts.text("case_holder.comma").join(parts)


def holder_params(text: str) -> dict[str, str]:
    """What a sentence of the history names: the desks and the reason."""
    holder = holder_from_text(text)
    if holder is None:
        return {"letter": "", "former": "", "to": "", "reason": ""}
    note = holder.offer or holder.declined
    return {
        "letter": holder.letter,
        "former": holder.former,
        "to": note.letter if note else "",
        "reason": note.reason if note else holder.reason,
    }

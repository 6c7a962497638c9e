"""Which desk is in charge of a case, in words: for the card, the header, the history and conflicts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from desktop.domain.cases.charge import Charge, ChargeNote, charge_from_text
from desktop.services.cases.hand_case import ChargeStanding
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.text.moment_text import moment


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence, and the details below it."""

    head: str
    hint: str


@dataclass(frozen=True, slots=True)
class HolderMark:
    """A few signs beside the name, what they say in full, and the letter both name."""

    key: str
    said_key: str
    letter: str
    tone: Tone


class ChargeWords:
    """``officer`` names an officer by number."""

    def __init__(self, kit: Kit, officer: Callable[[str], str]) -> None:
        self._kit = kit
        self._officer = officer

    def stands(self, standing: ChargeStanding) -> Said:
        """Who is in charge, since when, and from whom."""
        charge, words = standing.charge, self._kit.words
        key = "charge.here" if standing.own else "charge.there"
        at = moment(self._kit, charge.since) if charge.since else ""
        since = words.text("charge.since", officer=self._officer(charge.by), at=at)
        return Said(words.text(key, letter=charge.letter), since if at else "")

    def came_from(self, charge: Charge) -> str:
        """The desk that had it before, and why it changed; empty for the one that registered the case."""
        if not charge.former:
            return ""
        return self._kit.words.text("charge.from", letter=charge.former, reason=charge.reason)

    def waits(self, standing: ChargeStanding) -> Said | None:
        """The offer that waits for an answer, or the refusal of the last one."""
        charge = standing.charge
        if charge.offer is not None:
            name = "offered" if standing.own else "offered_on"
            if standing.offered_here:
                name = "offered_here"
            letter = charge.offer.letter if standing.own else charge.letter
            return self._note(name, charge.offer, letter=letter, to=charge.offer.letter)
        if charge.declined is not None:
            return self._note("declined", charge.declined, letter=charge.declined.letter, to="")
        return None

    def _note(self, name: str, note: ChargeNote, *, letter: str, to: str) -> Said:
        words = self._kit.words
        told = {
            "officer": self._officer(note.by),
            "at": moment(self._kit, note.at) if note.at else "",
            "reason": note.reason,
        }
        return Said(
            words.text(f"charge.waits.{name}", letter=letter, to=to),
            words.text(f"charge.why.{name}", letter=letter, **told),
        )

    def chip(self, standing: ChargeStanding) -> HolderMark | None:
        """The header's mark: nothing while the case is ours and nobody is asked."""
        charge = standing.charge
        if standing.offered_here:
            letter, names = charge.letter, ("charge.mark_offered", "charge.waits.offered_here")
        elif standing.own and charge.offer is not None:
            letter, names = charge.offer.letter, ("charge.mark_away", "charge.waits.offered")
        elif standing.own or standing.alone or not charge.letter:
            return None
        else:
            letter, names = charge.letter, ("charge.mark", "charge.there")
        tone = Tone.WARN if charge.offer is not None else Tone.INFO
        return HolderMark(*names, letter, tone)


def told_charge(kit: Kit, text: str) -> str:
    """The value of the field as a history or a conflict shows it: one line."""
    charge = charge_from_text(text)
    if charge is None:
        return text
    words = kit.words
    parts = [words.text("charge.there", letter=charge.letter)]
    if charge.offer is not None:
        parts.append(words.text("charge.offered_to", letter=charge.offer.letter))
    if charge.declined is not None:
        parts.append(words.text("charge.waits.declined", letter=charge.declined.letter))
    return words.text("charge.comma").join(parts)


def charge_params(text: str) -> dict[str, str]:
    """What a sentence of the history names: the desks and the reason."""
    charge = charge_from_text(text)
    if charge is None:
        return {"letter": "", "former": "", "to": "", "reason": ""}
    note = charge.offer or charge.declined
    return {
        "letter": charge.letter,
        "former": charge.former,
        "to": note.letter if note else "",
        "reason": note.reason if note else charge.reason,
    }

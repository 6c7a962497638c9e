"""Who wrote an entry, and whether that is somebody who may: by the ids it names and by what is known of devices."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple, Protocol

from desktop.domain.ids import DeviceId, is_bound, made_by
from desktop.domain.installation.officer import Officer
from desktop.domain.installation.profile import device_of
from desktop.domain.records.fields import mapping, text
from desktop.journal.entry import Entry
from desktop.journal.entry_table import EntryRule
from desktop.journal.field_rules import FieldRules
from desktop.journal.objection import AuthorityRule, EntryOutcome
from desktop.journal.subject_rule import Author, SubjectRule


@dataclass(frozen=True, slots=True)
class Writer:
    """The installation that writes a stream."""

    device: DeviceId
    unit: str
    is_centre: bool


class AuthorshipFacts(Protocol):
    """What is known at the place of an entry besides the entry itself."""

    def writer(self, device: DeviceId) -> Writer:
        """The installation behind a device id; one without a unit where nobody here trusted it ever."""
        ...

    def devices_of(self, unit: str) -> Collection[DeviceId]:
        """The devices of a unit, known here."""
        ...

    def centres(self) -> Collection[DeviceId]:
        """The devices of centres."""
        ...

    def first_author(self, subject: str) -> DeviceId | None:
        """The device whose entry about a subject with an unbound id arrived first."""
        ...

    def case_of(self, subject: str) -> str:
        """The case that a part belongs to; "" while that is not known."""
        ...

    def offered_to(self, case: str) -> Collection[str]:
        """The units to which a centre ever offered a case that it made: it speaks of it in their streams."""
        ...

    def took_on(self, stream: str, case: str) -> bool:
        """Whether a stream, up to this place, says that a case was taken on, and not that it was declined since."""
        ...

    def officers(self, device: DeviceId) -> Mapping[str, Officer]:
        """The officers of a device by its own records up to this place of its stream."""
        ...

    def cut(self, stream: str) -> int | None:
        """The last entry of a stream that is accepted since its device was revoked; None where it is not revoked, or
        where nobody named such an entry: who never had the stream says nothing about what stands in it here."""
        ...

    def lamport_before(self, stream: str) -> int:
        """The Lamport time of the entry before it in its stream; 0 for the first."""
        ...

    def objection_to(self, reference: str) -> EntryOutcome | None:
        """What became of an earlier entry (``stream:seq``) to which there was an objection."""
        ...


class Claim(NamedTuple):
    """An entry that wants to take effect, with what the two tables say of it. One is made of every entry, and a tuple
    is made three times as fast as a record."""

    entry: Entry
    known: AuthorshipFacts
    rule: EntryRule
    about: SubjectRule
    subject: str
    """Kind of the subject."""
    key: str
    """What follows it."""
    writer: Writer
    fields: FieldRules
    cases: Collection[str]
    """Those that its fields name."""


def _is_device(claim: Claim) -> bool:
    return claim.key.partition("/")[0] == claim.writer.device and claim.subject in _OF_DEVICE


def _is_unit(claim: Claim) -> bool:
    return claim.key.partition("/")[0] == claim.writer.unit


def _is_centre(claim: Claim) -> bool:
    return claim.writer.is_centre


def _is_issuer(claim: Claim) -> bool:
    return claim.subject == "order" and made_here(claim, claim.entry.subject)


def _is_offered(claim: Claim) -> bool:
    return claim.subject == "case" and _offered_here(claim, claim.key)


def _is_holder(claim: Claim) -> bool:
    if claim.subject == "person_link":
        pair = sorted(text(claim.entry.fields, name) for name in ("first", "second"))
        return claim.key == "+".join(pair) and all(_holds(claim, f"person/{one}") for one in pair)
    if claim.subject == "look":
        return holds_case(claim, claim.key)
    if claim.subject != "case" and not claim.about.of_case:
        return False
    if claim.subject == "case":
        return holds_case(claim, claim.key)
    return _holds(claim, claim.entry.subject)


def _is_sender(claim: Claim) -> bool:
    sender = text(claim.entry.fields, "sender")
    if claim.subject != "bundle" or sender not in ("", claim.writer.device):
        return False
    if is_bound(claim.key):
        return made_by(claim.key, claim.writer.device)
    return claim.known.first_author(claim.entry.subject) in (None, claim.writer.device)


def _is_receiver(claim: Claim) -> bool:
    """A receipt is given by who received, to who sent: of that sender's streams, about a bundle that it made."""
    fields = claim.entry.fields
    sender = DeviceId(text(fields, "sender"))
    if claim.subject != "bundle" or text(fields, "receiver") != claim.writer.device:
        return False
    streams = (*mapping(fields, "received.heads"), *mapping(fields, "received.tips"))
    if any(device_of(stream) != sender for stream in streams):
        return False
    if is_bound(claim.key):
        return made_by(claim.key, sender)
    return claim.known.first_author(claim.entry.subject) in (None, sender)


_OF_DEVICE: Final = frozenset({"officer", "party", "device", "keys", "pack", "answer", "file"})
IS: Final[Mapping[Author, Callable[[Claim], bool]]] = {
    Author.DEVICE: _is_device,
    Author.UNIT: _is_unit,
    Author.HOLDER: _is_holder,
    Author.OFFERED: _is_offered,
    Author.ISSUER: _is_issuer,
    Author.CENTRE: _is_centre,
    Author.SENDER: _is_sender,
    Author.RECEIVER: _is_receiver,
}
NOT: Final = {
    Author.HOLDER: AuthorityRule.NOT_HOLDER,
    Author.ISSUER: AuthorityRule.NOT_ISSUER,
    Author.DEVICE: AuthorityRule.OTHER_DEVICE,
    Author.UNIT: AuthorityRule.OTHER_UNIT,
    Author.SENDER: AuthorityRule.NOT_SENDER,
    Author.RECEIVER: AuthorityRule.NOT_RECEIVER,
    Author.CENTRE: AuthorityRule.CENTRE_ONLY,
}
"""The rule that is named where none of the permitted authors wrote; the first of them counts."""


def _holds(claim: Claim, subject: str) -> bool:
    """Whether the writer's unit holds what a case or a part of one belongs to."""
    if made_here(claim, subject):
        return True
    of = claim.known.case_of(subject)
    return bool(of) and _made_by_centre(claim, subject) and holds_case(claim, of)


def holds_case(claim: Claim, case: str) -> bool:
    """Whether the writer's unit holds a case: its device made it, or a centre made it and offered it to the unit, and
    the writing device took it on. What only tells that somebody looked is let in from the offer on."""
    if made_here(claim, f"case/{case}"):
        return True
    if not _offered_here(claim, case):
        return False
    return claim.rule.is_event or claim.known.took_on(claim.entry.stream, case)


def _offered_here(claim: Claim, case: str) -> bool:
    if not (claim.writer.unit and _made_by_centre(claim, f"case/{case}")):
        return False
    return claim.writer.unit in claim.known.offered_to(case)


def made_here(claim: Claim, subject: str) -> bool:
    """Whether a device of the writer's unit made the subject."""
    name = subject.partition("/")[2]
    if is_bound(name):
        if made_by(name, claim.writer.device):
            return True
        return any(made_by(name, device) for device in claim.known.devices_of(claim.writer.unit))
    first = claim.known.first_author(subject)
    return first is None or _of_one_unit(claim, first)


def _of_one_unit(claim: Claim, device: DeviceId) -> bool:
    if device == claim.writer.device:
        return True
    return bool(claim.writer.unit) and claim.known.writer(device).unit == claim.writer.unit


def _made_by_centre(claim: Claim, subject: str) -> bool:
    name, centres = subject.partition("/")[2], claim.known.centres()
    if is_bound(name):
        return any(made_by(name, device) for device in centres)
    return claim.known.first_author(subject) in centres

"""Why an entry of another device does not take effect."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from desktop.domain.errors import TrustError
from desktop.domain.text.hidden_signs import spelled_out


class EntryOutcome(StrEnum):
    """What becomes of an entry to which there is an objection."""

    REFUSED = "refused"
    KEPT = "kept"
    """It stays, takes no effect and is not built upon, until a person decides."""


class AuthorityRule(StrEnum):
    """A rule that an entry can break; the value is the code of its error."""

    KIND_UNKNOWN = "authority.kind_unknown"
    SUBJECT_WRONG = "authority.subject_wrong"
    FIELD_UNKNOWN = "authority.field_unknown"
    FIELD_VALUE = "authority.field_value"
    REPLACES_UNSAID = "authority.replaces_unsaid"
    LAMPORT_FELL = "authority.lamport_fell"
    BUILDS_ON_REFUSED = "authority.builds_on_refused"
    OTHER_DEVICE = "authority.other_device"
    OTHER_UNIT = "authority.other_unit"
    CENTRE_ONLY = "authority.centre_only"
    NOT_HOLDER = "authority.not_holder"
    NOT_ISSUER = "authority.not_issuer"
    CASE_OF_ANOTHER = "authority.case_of_another"
    NAMES_ANOTHER_UNIT = "authority.names_another_unit"
    NOT_SENDER = "authority.not_sender"
    NOT_RECEIVER = "authority.not_receiver"
    OFFICER_UNKNOWN = "authority.officer_unknown"
    OFFICER_DISMISSED = "authority.officer_dismissed"
    OFFICER_NOT_ENTITLED = "authority.officer_not_entitled"
    SECOND_OFFICER = "authority.second_officer"
    AFTER_REVOCATION = "authority.after_revocation"


_LONGEST: Final = 60


def shortened(words: str) -> str:
    """What another device wrote, fit to stand in a sentence."""
    return spelled_out(words[:_LONGEST])


@dataclass(frozen=True, slots=True)
class Objection:
    """Why an entry does not take effect. ``facts``: kinds, field names and devices; nothing about persons. They are the
    writer's words, so each is cut to what a sentence holds, and signs that turn the writing are spelled out."""

    rule: AuthorityRule
    outcome: EntryOutcome = EntryOutcome.REFUSED
    facts: Mapping[str, str | int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Make the facts fit to be shown and sent."""
        safe = {
            name: value if isinstance(value, int) else shortened(value)
            for name, value in self.facts.items()
        }
        object.__setattr__(self, "facts", safe)

    def error(self) -> TrustError:
        """The same as an error with its sentence."""
        return TrustError(self.rule.value, **self.facts)

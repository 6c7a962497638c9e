"""How many people saw to it that an officer or another installation was let in."""

from __future__ import annotations

from enum import StrEnum

from desktop.domain.records.fields import Fields, text


class Ceremony(StrEnum):
    """What the newest record of an enrolment says of who took part."""

    TWO = "two"
    """Two officers, each by their own password."""
    CENTRE = "centre"
    """A file that the centre signed, or the centre's own answer after the founding."""
    FOUNDING = "founding"
    """The founder alone, when there was no second officer; to be confirmed."""
    ONE = "one"
    """One officer, before two were asked for; to be confirmed."""

    @property
    def confirmed(self) -> bool:
        """Whether nobody need look at it again."""
        return self in {Ceremony.TWO, Ceremony.CENTRE}


def ceremony_of(fields: Fields) -> Ceremony:
    """What the shown values of an officer or of an installation say."""
    if fields.get("founding") is True:
        return Ceremony.FOUNDING
    if text(fields, "by_centre") and not text(fields, "second"):
        return Ceremony.CENTRE
    return Ceremony.TWO if text(fields, "second") else Ceremony.ONE

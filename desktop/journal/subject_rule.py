"""What a row of the table of subjects says: the fields of a kind of subject, and who may set them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from desktop.domain.installation.officer import Permission
from desktop.domain.records.field_types import FieldType


class Author(StrEnum):
    """Who may say something of a subject."""

    DEVICE = "device"
    """The device that the subject names."""
    UNIT = "unit"
    """A device of the unit that the subject names."""
    HOLDER = "holder"
    """A device of the unit that holds the case."""
    OFFERED = "offered"
    """A device of the unit to which a centre offered the case that it made."""
    ISSUER = "issuer"
    """A device of the unit that issued the order."""
    CENTRE = "centre"
    SENDER = "sender"
    """The device that made the bundle."""
    RECEIVER = "receiver"
    """A device to which a bundle was sent."""


Authors = frozenset[Author]
ISSUER_OR_CENTRE: Final = frozenset({Author.ISSUER, Author.CENTRE})
CENTRE_ALONE: Final = frozenset({Author.CENTRE})
HOLDER_ALONE: Final = frozenset({Author.HOLDER})


@dataclass(frozen=True, slots=True)
class SubjectRule:
    """A kind of subject. ``fields``: name → type; a name that ends with a dot stands for all that begin with it, ``#``
    for the number that a name begins with.
    ``authors``: who alone may set a field or the fields of such a beginning. ``of_case``: it is a part of the case that
    its field ``case`` names. ``cases``: fields that name other cases, as value or behind a beginning. ``needs``: what
    its officer must be allowed to set a field, any of these besides what the kind of entry asks for; ``*`` in its name
    stands for any id."""

    name: str
    fields: Mapping[str, FieldType]
    authors: Mapping[str, Authors] = field(default_factory=dict)
    of_case: bool = False
    cases: tuple[str, ...] = ()
    needs: Mapping[str, frozenset[Permission]] = field(default_factory=dict)

    def needed_for(self, name: str) -> frozenset[Permission]:
        """What an officer must be allowed to set a field, any of these; nothing for most."""
        for pattern, permissions in self.needs.items():
            beginning, _, end = pattern.partition("*")
            if name.startswith(beginning) and name.endswith(end):
                return permissions
        return frozenset()

    def type_of(self, name: str) -> FieldType | None:
        """The type of a field; None for one the subject does not have."""
        found = self.fields.get(name)
        return found if found is not None else self._of_beginning(name)

    def authors_of(self, name: str) -> Authors | None:
        """Who alone may set a field; None where everybody may who may speak of the subject."""
        for beginning, authors in self.authors.items():
            if name == beginning or (beginning.endswith(".") and name.startswith(beginning)):
                return authors
        return None

    def case_fields(self, names: Collection[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Those of ``names`` whose value names a case: the one a part belongs to, or another; and the cases that other
        names name themselves."""
        valued = {*self.cases, *(("case",) if self.of_case else ())}
        naming = tuple(name for name in names if name in valued and not name.endswith("."))
        beginnings = [name for name in self.cases if name.endswith(".")]
        named = (
            name.removeprefix(beginning)
            for beginning in beginnings
            for name in names
            if name.startswith(beginning)
        )
        return naming, tuple(named)

    def _of_beginning(self, name: str) -> FieldType | None:
        name = general(name)
        found = self.fields.get(name)
        if found is not None:
            return found
        place = name.find(".")
        while place >= 0:
            found = self.fields.get(name[: place + 1])
            if found is not None:
                return found
            place = name.find(".", place + 1)
        return None


def general(name: str) -> str:
    """A field name with ``#`` for the number it begins with."""
    return "#" + name.lstrip("0123456789") if name[:1].isdigit() else name

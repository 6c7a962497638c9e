"""What the dialogs of the record of evidence begin with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from desktop.domain.evidence.custody import Seal
from desktop.domain.evidence.item import Evidence
from desktop.domain.evidence.photographing import ShotList
from desktop.services.evidence.completeness import Completeness
from desktop.services.evidence.record_evidence import TypedRecord


@dataclass(frozen=True, slots=True)
class Provable:
    """Something of the case an item can prove: a payment, or a lead."""

    subject: str
    number: int = 0
    amount: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class RecordStart:
    """What the dialog begins with. ``titles``: form → what it is called. ``may_draft``: whether papers can be begun.
    ``administrative``: the case goes the way of a public-order case."""

    item: Evidence
    items: tuple[Evidence, ...]
    typed: TypedRecord
    provable: tuple[Provable, ...] = ()
    titles: Mapping[str, str] = field(default_factory=dict)
    may_draft: bool = False
    administrative: bool = False


@dataclass(frozen=True, slots=True)
class CustodyStart:
    """What the dialogs of seals and passings begin with. ``seal`` holds the item now, ``former`` did before;
    ``free``: items that are under no seal; ``keeper`` has it now, and ``already_held`` as well; ``own``: that is who is
    signed in; ``keeper_signs``: they are an officer who can sign here."""

    item: Evidence
    items: tuple[Evidence, ...]
    free: tuple[Evidence, ...] = ()
    seal: Seal | None = None
    former: Seal | None = None
    keeper: str = ""
    already_held: tuple[Evidence, ...] = ()
    own: bool = True
    keeper_signs: bool = False
    place: str = ""
    may_draft: bool = False


@dataclass(frozen=True, slots=True)
class Checklist:
    """How the evidence stands before the court's list. ``titles``: form → what it is called."""

    completeness: Completeness
    titles: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PhotographingStart:
    """``lists``: those of the type of fraud first. ``taken``: shots there are photographs of."""

    lists: tuple[ShotList, ...]
    taken: tuple[str, ...]
    device: str = ""


@dataclass(frozen=True, slots=True)
class EvidencePaper:
    """A list or record of the evidence. ``state``: ``draft``, ``signed``, or ``none`` while nobody has begun one."""

    form: str
    title: str
    state: str

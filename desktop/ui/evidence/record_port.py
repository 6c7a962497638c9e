"""What the record of evidence asks of the desk. ``DeskRecords`` answers with the services."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from desktop.domain.evidence.custody import Seal
from desktop.domain.evidence.guide import EvidenceGuide
from desktop.domain.evidence.item import Evidence
from desktop.domain.evidence.photographing import ShotList
from desktop.domain.ids import EvidenceId
from desktop.domain.progress import Progress
from desktop.services.evidence.completeness import Completeness
from desktop.services.evidence.find_photos import FoundPhotos
from desktop.services.evidence.pass_evidence import TypedPassing
from desktop.services.evidence.photograph_evidence import Frame
from desktop.services.evidence.record_evidence import TypedRecord
from desktop.services.evidence.seal_evidence import TypedSeal
from desktop.services.ports import Pdf


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
    ``free``: items that are under no seal; ``keeper`` has it now, and ``kept`` as well; ``own``: that is who is signed
    in; ``keeper_signs``: they are an officer who can sign here."""

    item: Evidence
    items: tuple[Evidence, ...]
    free: tuple[Evidence, ...] = ()
    seal: Seal | None = None
    former: Seal | None = None
    keeper: str = ""
    kept: tuple[Evidence, ...] = ()
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


class RecordPort(Protocol):
    """The records of the evidence of one case. All but ``guide`` may be slow and may raise ``AppError``."""

    @property
    def guide(self) -> EvidenceGuide:
        """The four questions, the ways they lead to, and the court's list; never slow."""
        ...

    def start_record(self, evidence: EvidenceId) -> RecordStart:
        """What the record of an item most likely says."""
        ...

    def record(
        self, items: Sequence[EvidenceId], typed: TypedRecord, drafts: Sequence[str], password: str
    ) -> None:
        """Record the same of each item, and begin these papers. ``password``: of the second officer, who confirms it;
        empty while they have not."""
        ...

    def start_custody(self, evidence: EvidenceId) -> CustodyStart:
        """Who keeps an item, and under which seal."""
        ...

    def seal(
        self, items: Sequence[EvidenceId], typed: TypedSeal, password: str, *, draft: bool
    ) -> None:
        """Record a new seal; ``password`` as in :meth:`record`; ``draft``: begin its paper."""
        ...

    def open_seal(self, seal: str, typed: TypedSeal, password: str, *, draft: bool) -> None:
        """Record that a seal was opened; ``password`` as in :meth:`record`; ``draft``: begin its paper."""
        ...

    def transfer_custody(
        self,
        items: Sequence[EvidenceId],
        typed: TypedPassing,
        officer: str,
        password: str,
        progress: Progress,
        *,
        draft: bool,
    ) -> None:
        """Record that items changed hands; ``officer`` proves with ``password`` that they took them."""
        ...

    def take_over(
        self,
        items: Sequence[EvidenceId],
        typed: TypedPassing,
        password: str,
        progress: Progress,
        *,
        draft: bool,
    ) -> None:
        """Record that who is signed in has them from their keeper; ``password``: of the keeper, empty where they sign
        on paper."""
        ...

    def digest_md5(self, evidence: EvidenceId, progress: Progress) -> int:
        """Work out MD5 as well."""
        ...

    def checklist(self) -> Checklist | None:
        """How the evidence stands before the court's list; None while the case is a draft only."""
        ...

    def start_photographing(self) -> PhotographingStart:
        """The shot lists for this case, and what was photographed before."""
        ...

    def photos(self, folder: Path, progress: Progress) -> FoundPhotos:
        """The photographs of a folder that the case has not yet, in the order in which they were taken."""
        ...

    def film(self, frames: Sequence[Frame], device: str, progress: Progress) -> None:
        """Take photographs in, each for its shot, and begin their contact sheet."""
        ...

    def papers(self) -> tuple[EvidencePaper, ...]:
        """The lists and records of the evidence, and how far each got."""
        ...

    def print_paper(self, form: str) -> Pdf:
        """One of them as it stands; recorded."""
        ...

"""The records of the evidence of one case, by way of the services."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from desktop.domain.case_file.views import CaseFile
from desktop.domain.errors import RuleError
from desktop.domain.evidence.custody import CUSTODY, SEAL, keeper_of, last_seal, seal_on
from desktop.domain.evidence.guide import EvidenceGuide
from desktop.domain.evidence.item import Evidence
from desktop.domain.evidence.photographing import filmed, lists_for
from desktop.domain.ids import CaseId, EvidenceId
from desktop.domain.installation.officer import Officer, Permission
from desktop.domain.money.amounts import format_yuan
from desktop.domain.progress import Progress
from desktop.services import look_up
from desktop.services.cases.changes.merge_cases import whole_file, whole_in
from desktop.services.evidence import view_evidence
from desktop.services.evidence.completeness import completeness_of
from desktop.services.evidence.digest_md5 import digest_md5
from desktop.services.evidence.find_photos import FoundPhotos, photos_in, when_taken
from desktop.services.evidence.pass_evidence import TypedPassing, pass_evidence
from desktop.services.evidence.photograph_evidence import Frame, photograph_evidence
from desktop.services.evidence.record_evidence import TypedRecord, record_evidence
from desktop.services.evidence.seal_evidence import TypedSeal, open_seal, seal_evidence
from desktop.services.evidence.take_over_evidence import take_over_evidence
from desktop.services.papers.draft_paper import draft_paper
from desktop.services.papers.draw_form import draw_form, list_forms
from desktop.services.papers.evidence_papers import evidence_papers
from desktop.services.papers.propose_record import (
    draft_advised,
    from_case,
    is_administrative,
    last_record,
    propose_record,
)
from desktop.services.ports import Pdf
from desktop.services.ports.reading.contents import FileContents
from desktop.services.session import Session
from desktop.ui.evidence.record_views import (
    Checklist,
    CustodyStart,
    EvidencePaper,
    PhotographingStart,
    Provable,
    RecordStart,
)

SEALING: Final = "sealing_record"
PASSING: Final = "custody_record"
SHEET: Final = "contact_sheet"
"""The papers of a seal, of a passing, and of photographs of a phone."""
Confirm = Callable[[str, str], object]
"""Checks the number and password of an officer; raises ``AppError``."""


class CaseRecords:
    """The records of the evidence of one case. All but ``guide`` may be slow and may raise ``AppError``. A ``password``
    is that of the second officer, who confirms with it; empty while they have not. ``confirm`` checks it; ``files``
    tells what cameras wrote into photographs; ``language``: that of the window, in which papers are named."""

    def __init__(
        self,
        session: Session,
        case: CaseId,
        confirm: Confirm,
        files: FileContents,
        language: Callable[[], str],
    ) -> None:
        self._language = language
        self._confirm = confirm
        self._files = files
        self._session = session
        self._case = case

    @property
    def guide(self) -> EvidenceGuide:
        """The four questions."""
        return self._session.scripts.evidence

    def start_record(self, evidence: EvidenceId) -> RecordStart:
        """What is recorded, else what is likely."""
        session = self._session
        item = view_evidence.find_evidence(session, self._case, evidence)
        items = look_up.case_evidence(session, self._case)
        typed, file = propose_record(session, items, item), self._file()
        if file is not None and item.record.empty:
            typed = from_case(session, typed, file)
        return RecordStart(
            item,
            items,
            typed,
            provable_of(file) if file else (),
            self._titles(),
            file is not None and session.officer.may(Permission.WRITE_CASES),
            file is not None and is_administrative(file),
        )

    def record(
        self, items: Sequence[EvidenceId], typed: TypedRecord, drafts: Sequence[str], password: str
    ) -> None:
        """Record, then begin the papers."""
        second = self._second(typed.record.second, password)
        record_evidence(self._session, self._case, items, typed, second)
        if drafts:
            draft_advised(self._session, self._case, drafts)

    def start_custody(self, evidence: EvidenceId) -> CustodyStart:
        """Who keeps an item, and under which seal."""
        session = self._session
        item = view_evidence.find_evidence(session, self._case, evidence)
        items = look_up.case_evidence(session, self._case)
        file, _ = whole_file(session, self._case)
        keeper = self._keeper(file, item)
        with session.store.read() as reader:
            known = reader.officer(keeper)
        return CustodyStart(
            item,
            items,
            tuple(other for other in items if seal_on(file.seals, other.id) is None),
            seal_on(file.seals, item.id),
            last_seal(file.seals, [item.id]),
            look_up.officer_names(session).get(keeper, keeper),
            tuple(other for other in items if self._keeper(file, other) == keeper),
            keeper == session.officer.number,
            known is not None,
            file.case.unit_name,
            session.officer.may(Permission.WRITE_CASES),
        )

    def seal(
        self, items: Sequence[EvidenceId], typed: TypedSeal, password: str, *, draft: bool
    ) -> None:
        """Record a new seal."""
        second = self._second(typed.second, password)
        made = seal_evidence(self._session, self._case, items, typed, second)
        if draft:
            self._draft(SEALING, f"{SEAL}/{made.id}")

    def open_seal(self, seal: str, typed: TypedSeal, password: str, *, draft: bool) -> None:
        """Record that a seal was opened."""
        second = self._second(typed.second, password)
        open_seal(self._session, self._case, seal, typed, second)
        if draft:
            self._draft(SEALING, f"{SEAL}/{seal}")

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
        """Record that items changed hands, signed by both sides."""
        taker = self._proved(officer, password, "custody.may_not") if officer else None
        made = pass_evidence(self._session, self._case, items, typed, progress, taker)
        if draft:
            self._draft(PASSING, f"{CUSTODY}/{made.id}")

    def take_over(
        self,
        items: Sequence[EvidenceId],
        typed: TypedPassing,
        password: str,
        progress: Progress,
        *,
        draft: bool,
    ) -> None:
        """Record that the signed-in officer has them from their keeper."""
        giver = None
        if password:
            item = view_evidence.find_evidence(self._session, self._case, items[0])
            keeper = self._keeper(whole_file(self._session, self._case)[0], item)
            giver = self._proved(keeper, password, "custody.not_keeper")
        made = take_over_evidence(self._session, self._case, items, typed, progress, giver)
        if draft:
            self._draft(PASSING, f"{CUSTODY}/{made.id}")

    def digest_md5(self, evidence: EvidenceId, progress: Progress) -> int:
        """Work out MD5 as well."""
        return digest_md5(self._session, self._case, [evidence], progress)

    def checklist(self) -> Checklist | None:
        """How the evidence stands before the court's list."""
        session = self._session
        file = self._file()
        if file is None:
            return None
        with session.store.read() as reader:
            rows = reader.history(self._case)
        return Checklist(completeness_of(session, file, rows), self._titles())

    def _titles(self) -> dict[str, str]:
        """Form → what it is called."""
        language = self._language()
        return {spec.id: spec.title(language) for spec in list_forms(self._session)}

    def start_photographing(self) -> PhotographingStart:
        """The shot lists for this case."""
        items, file = look_up.case_evidence(self._session, self._case), self._file()
        frames = filmed(items)
        fraud = file.case.type if file else ""
        devices = [item.record.device for item in items if item.record.device]
        return PhotographingStart(
            lists_for(self._session.scripts.shots, fraud),
            tuple(item.record.shot for item in frames),
            devices[-1] if devices else "",
        )

    def photos(self, folder: Path, progress: Progress) -> FoundPhotos:
        """What is in a folder, by the cameras' clocks."""
        items = look_up.case_evidence(self._session, self._case)
        return photos_in(folder, when_taken(self._files, progress), items)

    def film(self, frames: Sequence[Frame], device: str, progress: Progress) -> None:
        """Take photographs in, with what was recorded last of this phone."""
        session, file = self._session, self._file()
        items = look_up.case_evidence(session, self._case)
        typed = last_record(session, items)
        record = replace(typed.record, device=device or typed.record.device)
        typed = replace(typed, record=record)
        if file is not None:
            typed = from_case(session, typed, file)
        photograph_evidence(session, self._case, frames, typed, progress)
        if file is not None and session.officer.may(Permission.WRITE_CASES):
            self._draft(SHEET, "")

    def papers(self) -> tuple[EvidencePaper, ...]:
        """The lists and records of the evidence."""
        language = self._language()
        return tuple(
            EvidencePaper(spec.id, spec.title(language), state)
            for spec, state in evidence_papers(self._session, self._case)
        )

    def print_paper(self, form: str) -> Pdf:
        """One of them as it stands."""
        return draw_form(self._session, form, self._case)

    def _draft(self, form: str, about: str) -> None:
        """Begin the paper of an action that is recorded already."""
        if form in {spec.id for spec in list_forms(self._session)}:
            draft_paper(self._session, self._case, form, about=about)

    def _second(self, number: str, password: str) -> Officer | None:
        """The second officer where they typed their password; None where they are only named."""
        return self._proved(number, password, "evidence.second_may_not") if password else None

    def _proved(self, number: str, password: str, stranger: str) -> Officer:
        """The officer who has just proved who they are; ``stranger``: the code of the refusal of anybody else."""
        self._confirm(number, password)
        with self._session.store.read() as reader:
            found = reader.officer(number)
        if found is None:
            raise RuleError(stranger)
        return found

    @staticmethod
    def _keeper(file: CaseFile, item: Evidence) -> str:
        return keeper_of(file.custody, item.id, item.added_by)

    def _file(self) -> CaseFile | None:
        """The case with the reports merged into it; None while it is a draft only."""
        with self._session.store.read() as reader:
            known = reader.case_card(self._case) is not None
            return whole_in(reader, self._case)[0] if known else None


def provable_of(file: CaseFile) -> tuple[Provable, ...]:
    """Payments, then leads, in the order of the case."""
    paid = [
        Provable(
            f"transfer/{item.id}",
            item.position,
            format_yuan(item.amount_fen),
            item.payee.name or item.payee.number,
        )
        for item in file.transfers
    ]
    leads = [Provable(f"identifier/{item.id}", words=item.value) for item in file.identifiers]
    return (*paid, *leads)

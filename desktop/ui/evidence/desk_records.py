"""The records of the evidence of one case, by way of the services."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.domain.amounts import format_yuan
from desktop.domain.evidence_guide import EvidenceGuide
from desktop.domain.ids import CaseId, EvidenceId
from desktop.domain.officer import Permission
from desktop.domain.views import CaseFile
from desktop.services import look_up, view_evidence
from desktop.services.desk import Desk
from desktop.services.print_form import list_forms
from desktop.services.propose_record import draft_advised, from_case, propose_record
from desktop.services.record_evidence import TypedRecord, record_evidence
from desktop.ui.evidence.record_port import Provable, RecordStart


class DeskRecords:
    """Implements :class:`desktop.ui.evidence.record_port.RecordPort`. ``language`` is that of titles."""

    def __init__(self, desk: Desk, case: CaseId) -> None:
        self._desk = desk
        self._case = case

    @property
    def guide(self) -> EvidenceGuide:
        """The four questions."""
        return self._desk.scripts.evidence

    def start_record(self, evidence: EvidenceId) -> RecordStart:
        """What is recorded, else what is likely."""
        desk = self._desk
        item = view_evidence.find_evidence(desk, self._case, evidence)
        items = look_up.case_evidence(desk, self._case)
        typed, file = propose_record(desk, items, item), self._file()
        if file is not None and item.record.empty:
            typed = from_case(desk, typed, file)
        return RecordStart(
            item,
            items,
            typed,
            provable_of(file) if file else (),
            {spec.id: spec.title(desk.papers.language) for spec in list_forms(desk)},
            file is not None and desk.officer.may(Permission.WRITE_CASES),
        )

    def record(
        self, items: Sequence[EvidenceId], typed: TypedRecord, drafts: Sequence[str]
    ) -> None:
        """Record, then begin the papers."""
        record_evidence(self._desk, self._case, items, typed)
        if drafts:
            draft_advised(self._desk, self._case, drafts)

    def _file(self) -> CaseFile | None:
        """The case; None while it is a draft only."""
        with self._desk.store.read() as reader:
            return reader.case_file(self._case)


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

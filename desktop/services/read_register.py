"""The register of cases: what is given away of several cases as tables, personal numbers masked unless asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop.domain.case_file.merge import Merger
from desktop.domain.case_file.views import CaseFile
from desktop.domain.cases.case import Case
from desktop.domain.ids import CaseId
from desktop.domain.installation.officer import Permission
from desktop.domain.money.dispositions import NOTHING, MoneySums
from desktop.domain.progress import Progress
from desktop.domain.records.fields import Json
from desktop.services.audit.open_case import note_opened
from desktop.services.cases.changes.merge_cases import whole_in
from desktop.services.cases.form.report_document import party_documents, transfer_document
from desktop.services.cases.mask_document import masked_document
from desktop.services.cases.reveal_case import reveal_cases
from desktop.services.session import Session
from desktop.services.where_money_is import sums_by_case


@dataclass(frozen=True, slots=True)
class RegisteredCase:
    """A case as the register has it. ``parties``: the first victim in front; ``payments``: those that several reports
    tell once. Both as members of a report document."""

    case: Case
    loss_fen: int
    sums: MoneySums
    parties: tuple[Mapping[str, Json], ...]
    payments: tuple[Mapping[str, Json], ...]


@dataclass(frozen=True, slots=True)
class RegisterWish:
    """``folder``: where the tables go; ``reveal``: personal numbers and addresses stand in full."""

    cases: tuple[CaseId, ...]
    folder: Path
    reveal: bool = False


def read_register(
    session: Session, cases: Sequence[CaseId], progress: Progress, *, reveal: bool
) -> tuple[RegisteredCase, ...]:
    """These cases in their order. Who reads them is recorded as of opened cases, and with ``reveal`` as of numbers that
    were shown in full."""
    session.require(Permission.READ_CASES)
    files = []
    for case in cases:
        progress.check()
        with session.store.read() as reader:
            files.append(whole_in(reader, case))
    sums = sums_by_case(session, session.clock.now(), cases)
    note_opened(session, cases)
    if reveal:
        reveal_cases(session, cases)
    return tuple(
        _registered(file, merger, sums.get(file.case.id, NOTHING), reveal=reveal)
        for file, merger in files
    )


def _registered(file: CaseFile, merger: Merger, sums: MoneySums, *, reveal: bool) -> RegisteredCase:
    once = merger.once(file)
    document: dict[str, Json] = {
        "parties": party_documents(once.case),
        "transfers": [transfer_document(item) for item in once.transfers],
    }
    shown = document if reveal else masked_document(document)
    return RegisteredCase(
        once.case, sums.loss_fen, sums, _members(shown["parties"]), _members(shown["transfers"])
    )


def _members(rows: Json) -> tuple[Mapping[str, Json], ...]:
    found = rows if isinstance(rows, list) else ()
    return tuple(row for row in found if isinstance(row, Mapping))

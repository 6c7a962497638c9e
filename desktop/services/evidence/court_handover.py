"""Hand evidence over to prosecutor or court: a sealed folder that proves itself without this program."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import count
from pathlib import Path

from desktop.domain.case_file.views import CaseFile
from desktop.domain.errors import UserInputError
from desktop.domain.evidence.court_handover import (
    CourtHandoverFacts,
    CourtHandoverPlan,
    CourtHandoverRequest,
    Fixed,
    HandedItem,
    HandedOver,
    Original,
    payload_path,
)
from desktop.domain.evidence.item import Evidence
from desktop.domain.ids import CaseId
from desktop.domain.installation.officer import Permission
from desktop.domain.progress import Progress
from desktop.domain.records.fields import Json
from desktop.domain.time.clock import to_wire
from desktop.domain.time.local_time import CHINA
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import EVIDENCE_HANDED_OVER
from desktop.services.evidence.court_handover_list import json_list, moment
from desktop.services.look_up import case_evidence, case_file
from desktop.services.session import Session

EVERYTHING = CourtHandoverRequest()
_LONGEST = 200
_NAMED = re.compile(r"[^A-Za-z0-9]+")


def hand_over_to_court(
    session: Session,
    case: CaseId,
    folder: Path,
    progress: Progress,
    wish: CourtHandoverRequest = EVERYTHING,
) -> HandedOver:
    """Write the wished items of ``case``, and of the reports merged into it, into ``folder`` (new or empty) as a
    signed BagIt bag with its lists, a verifier and instructions. That copies of the originals left, to whom and why
    is in the custody log of each; where that can not be recorded, none leave.

    Raises:
        UserInputError: ``folder.not_empty``, ``evidence.nothing``, ``evidence.unknown``.
        WorldError, TrustError: from the medium or the vault; then the folder is empty again.
    """
    session.require(Permission.READ_CASES)
    file = case_file(session, case)
    items = _wished(case_evidence(session, case), wish)
    facts = _facts(session, file, wish)
    paths = [payload_path(number, item.name) for number, item in enumerate(items, 1)]
    originals = [
        Original(path, item.size, item.sha256, partial(session.vault.blocks, item.sha256))
        for path, item in zip(paths, items, strict=True)
    ]
    plan = CourtHandoverPlan(
        originals=originals,
        md5=wish.md5,
        info={
            "Source-Organization": facts.unit_name,
            "External-Identifier": facts.id,
            "Bagging-Date": moment(facts.made_at)[:10],
        },
        words=_words(facts, items),
        card=session.cards.card(session.profile, to_wire(facts.made_at)),
        lists=partial(_lists, session, facts, items),
        record=partial(_note, session, facts, items),
    )
    return session.signed_files.write_court_handover(folder, plan, progress)


def new_folder(session: Session, case: CaseId, medium: Path) -> Path:
    """A folder on ``medium`` that is not there yet, named by the case and the day in plain ASCII."""
    session.require(Permission.READ_CASES)
    number = _NAMED.sub("-", case_file(session, case).case.number).strip("-")
    name = f"hand-over-{number}-{session.clock.now().astimezone(CHINA):%Y%m%d-%H%M}"
    names = (name if number == 1 else f"{name}-{number}" for number in count(1))
    return next(path for path in (medium / name for name in names) if not _there(path))


def _there(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:  # the medium is told about when it is written to
        return False


def _wished(there: Sequence[Evidence], wish: CourtHandoverRequest) -> tuple[Evidence, ...]:
    if wish.items is not None and not wish.items <= {item.id for item in there}:
        raise UserInputError("evidence.unknown")
    items = tuple(item for item in there if wish.items is None or item.id in wish.items)
    if not items:
        raise UserInputError("evidence.nothing")
    return items


def _facts(session: Session, file: CaseFile, wish: CourtHandoverRequest) -> CourtHandoverFacts:
    official = file.case.official
    return CourtHandoverFacts(
        id=session.ids.new_id(),
        case_number=file.case.number,
        official_number=official.case or official.acceptance,
        unit_code=session.profile.unit_code,
        unit_name=session.profile.unit_name,
        fingerprint=session.cards.fingerprint(),
        officers=((session.officer.number, session.officer.name),),
        receiver=_line(wish.receiver),
        reason=_line(wish.reason),
        made_at=session.clock.now(),
        items=(),
    )


def _line(text: str) -> str:
    return " ".join(text.split())[:_LONGEST]


def _words(facts: CourtHandoverFacts, items: Sequence[Evidence]) -> Mapping[str, str]:
    return {
        "unit": facts.unit_name,
        "case": facts.case_number,
        "made_at": moment(facts.made_at),
        "receiver": facts.receiver or "-",
        "items": str(len(items)),
        "size": str(sum(item.size for item in items)),
    }


def _lists(
    session: Session,
    facts: CourtHandoverFacts,
    items: Sequence[Evidence],
    fixed: Sequence[Fixed],
    verifier: str,
) -> Mapping[str, bytes]:
    handed = tuple(
        HandedItem(number, item, found)
        for number, (item, found) in enumerate(zip(items, fixed, strict=True), 1)
    )
    whole = replace(facts, items=handed, verifier=verifier)
    return {
        "list.json": json_list(whole),
        "list.csv": session.sheets.court_handover_table(whole),
        "list.pdf": session.sheets.sheet(whole, whole.made_at).data,
    }


def _note(
    session: Session, facts: CourtHandoverFacts, items: Sequence[Evidence], digest: str
) -> None:
    with session.store.write() as transaction:
        entries = []
        for item in items:
            fields: dict[str, Json] = {
                "sha256": item.sha256,
                "hand_over": facts.id,
                "receiver": facts.receiver,
                "reason": facts.reason,
                "list_sha256": digest,
            }
            entries.append(NewEntry(EVIDENCE_HANDED_OVER, f"evidence/{item.id}", fields))
        transaction.append_all(session.officer.number, entries)

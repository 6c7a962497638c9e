"""Who is signed in takes items over from whoever keeps them: brought back from examination, or of an earlier shift."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.domain.errors import RuleError, UserInputError
from desktop.domain.evidence.custody import CUSTODY, CustodyTransfer, keeper_of
from desktop.domain.identifiers.plain import clean
from desktop.domain.ids import CaseId, EvidenceId
from desktop.domain.installation.officer import Officer, Permission
from desktop.domain.progress import Progress
from desktop.domain.time.clock import to_wire
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import CUSTODY_PASSED, CUSTODY_TAKEN
from desktop.services.cases.changes.merge_cases import whole_in
from desktop.services.evidence.pass_evidence import TypedPassing, require_sound
from desktop.services.evidence.record_evidence import chosen_items
from desktop.services.session import Session


def take_over_evidence(
    session: Session,
    case: CaseId,
    items: Sequence[EvidenceId],
    typed: TypedPassing,
    progress: Progress,
    giver: Officer | None = None,
) -> CustodyTransfer:
    """Re-hash the items, then record that the signed-in officer has them from their keeper; of ``typed`` place and
    reason count. ``giver``: the keeper, who has just proved who they are and hands them over by an entry of their own;
    None: they sign on paper.

    Raises:
        UserInputError: ``case.unknown``, ``evidence.unknown``; ``custody.no_reason``.
        RuleError: ``custody.several_keepers``; ``custody.yours``: nobody else keeps them; ``custody.not_keeper``: who
            proved themselves is not who keeps them; ``custody.damaged`` (count).
    """
    session.require(Permission.ADD_EVIDENCE)
    if not clean(typed.reason):
        raise UserInputError("custody.no_reason")
    own = session.officer.number
    with session.store.read() as reader:
        file, _ = whole_in(reader, case)
        chosen = chosen_items(reader, case, items)
    keepers = {keeper_of(file.custody, item.id, item.added_by) for item in chosen}
    if len(keepers) > 1:
        raise RuleError("custody.several_keepers")
    (keeper,) = keepers
    if keeper == own:
        raise RuleError("custody.yours")
    if giver is not None and giver.number != keeper:
        raise RuleError("custody.not_keeper")
    passing = CustodyTransfer(
        id=session.ids.new_id(),
        items=tuple(dict.fromkeys(items)),
        at=session.clock.now(),
        giver=keeper,
        taker=own,
        giver_unit=next((p.taker_unit for p in reversed(file.custody) if p.taker == keeper), ""),
        place=clean(typed.place),
        reason=clean(typed.reason),
        checked=require_sound(session, case, items, progress),
    )
    subject = f"{CUSTODY}/{passing.id}"
    signed = {"signed_at": to_wire(session.clock.now())}
    with session.store.write() as transaction:
        passed = NewEntry(CUSTODY_PASSED, subject, passing.to_fields(case))
        transaction.append(giver.number if giver is not None else own, passed)
        transaction.append(own, NewEntry(CUSTODY_TAKEN, subject, signed))
    return passing

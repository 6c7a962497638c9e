"""Two officers confirm whom one person alone let in."""

from __future__ import annotations

from collections.abc import Collection

from desktop.domain.errors import RuleError, UserInputError
from desktop.journal.entry import NewEntry
from desktop.services.officers.second_officer import SecondOfficer, require_second
from desktop.services.officers.unconfirmed import CONFIRMED, unconfirmed
from desktop.services.session import Session


def confirm_trust(
    session: Session, subjects: Collection[str], second: SecondOfficer | None = None
) -> int:
    """Confirm these officers and installations, as :func:`to_confirm` names them; how many. Who is signed in must not
    be who let one of them in. It grants nothing that did not stand before, so any two officers may.

    Raises:
        UserInputError: ``trust.nothing_to_confirm`` for what is confirmed already or gone.
        RuleError: ``confirm.own``; ``second.needed`` without a second officer; what :func:`require_second` raises.
    """
    wanted = frozenset(subjects)
    with session.store.write() as transaction:
        found = [item for item in unconfirmed(session, transaction) if item.subject in wanted]
        if not found or {item.subject for item in found} != wanted:
            raise UserInputError("trust.nothing_to_confirm")
        if any(item.by == session.officer.number for item in found):
            raise RuleError("confirm.own")
        if second is None:
            raise RuleError("second.needed")
        who = require_second(session, transaction, second)
        for item in found:
            new = NewEntry(CONFIRMED[item.kind], item.subject, dict(who))
            transaction.append(session.officer.number, new)
    return len(found)

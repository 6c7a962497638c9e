"""The shares of a victim, and of all others known here, in what is frozen."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.domain.cases.refund import Refund, RefundAccount, RefundShare, takes_part
from desktop.domain.cases.transfer import Account
from desktop.domain.flow.sheet import FlowSheet
from desktop.domain.ids import CaseId
from desktop.domain.money.money_flow import TracingMethod
from desktop.domain.officer import Permission
from desktop.services.flow.show_flow import losses_of, shares_of, show_flow
from desktop.services.ports import Reader
from desktop.services.session import Session


def refund_of(session: Session, case: CaseId) -> Refund:
    """What is frozen where the victim's money went, by whichever case, divided among every victim whose money reached
    it.

    Raises ``UserInputError("case.unknown")``.
    """
    session.require(Permission.READ_CASES)
    own = show_flow(session, (case,))
    with session.store.read() as reader:
        cases = _beside(reader, own, case)
        cards = {name: reader.case_card(name) for name in cases}
    sheet = show_flow(session, cases) if len(cases) > 1 else own
    numbers = {name: card.number for name, card in cards.items() if card is not None}
    return Refund(case, takes_part(case, _accounts(sheet, numbers)))


def _beside(reader: Reader, sheet: FlowSheet, case: CaseId) -> tuple[CaseId, ...]:
    """The case, and those whose victims paid into an account that its money went through."""
    found = {case: None}
    for key, account in sorted(sheet.accounts.items()):
        if account.number and not account.victim:
            for other in reader.same_account(key, case):
                found[reader.case_group(other.case).lead] = None
    return tuple(found)


def _accounts(sheet: FlowSheet, numbers: Mapping[CaseId, str]) -> tuple[RefundAccount, ...]:
    trace, losses = sheet.methods[TracingMethod.FIFO].trace, losses_of(sheet)
    found = []
    for key, account in sorted(sheet.accounts.items()):
        frozen = account.hold.frozen_fen
        if not frozen:
            continue
        shares = tuple(
            RefundShare(
                share.case, numbers.get(share.case, ""), sheet.cases.get(share.case, ""),
                share.loss_fen, share.traced_fen, share.by_loss_fen,
            )
            for share in shares_of(trace, key, frozen, sheet.origins, losses)
        )  # fmt: skip
        found.append(
            RefundAccount(Account(account.name, account.number, account.bank), frozen, shares)
        )
    return tuple(found)

"""Shares in frozen accounts, as the table of a refund and in running words."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from desktop.documents.case_forms.form_specs import FormEntry
from desktop.documents.orders.order_phrases import account_line
from desktop.documents.printing.form_texts import FormData, FormTexts, in_capitals, in_figures
from desktop.documents.printing.printable import FormValue
from desktop.domain.case_file.merge import as_applied_for, of_own_victim
from desktop.domain.case_file.orders.order_papers import order_about
from desktop.domain.cases.payments.refund import RefundAccount
from desktop.domain.ids import CaseId
from desktop.domain.money.amounts import format_yuan
from desktop.services.ports import PaperFacts

_SET: Final = "return_2016"
"""The forms of a refund."""
_STOP: Final = "stop_application"
_OF_ALL: Final = "return_shares"
"""The one of them that tells of every victim."""


def of_applicant(entry: FormEntry, facts: PaperFacts) -> PaperFacts:
    """The facts as a paper of a refund or a stop form has them: of joined reports each victim applies for the own
    money."""
    if entry.template == _STOP:
        order = order_about(facts.file, facts.about)
        return replace(facts, file=as_applied_for(facts.file, order))
    if entry.form_set != _SET or entry.template == _OF_ALL:
        return facts
    return replace(facts, file=of_own_victim(facts.file))


def refund_rows(facts: PaperFacts, texts: FormTexts) -> FormData:
    """What ``return_shares.typ`` places: a table for each frozen account, and what is proposed for this victim."""
    refund = facts.refund
    due = refund.due_fen if refund is not None else 0
    accounts = refund.accounts if refund is not None else ()
    return {
        "refunds": [_account(account, refund.case, texts) for account in accounts]
        if refund
        else [],
        "refund_due": in_figures(due),
        "refund_capitals": in_capitals(due),
    }


def _account(account: RefundAccount, own: CaseId, texts: FormTexts) -> FormValue:
    shares = account.shares
    return {
        "account": account_line(account.account),
        "frozen": in_figures(account.frozen_fen),
        "capitals": in_capitals(account.frozen_fen),
        "clear": texts.text("refund.clear" if account.clear else "refund.mixed"),
        "rows": [
            {
                "victim": share.victim,
                "number": share.number,
                "loss": format_yuan(share.loss_fen),
                "traced": format_yuan(share.traced_fen),
                "by_loss": format_yuan(share.by_loss_fen),
                "own": share.case == own,
            }
            for share in shares
        ],
        "total": {
            "loss": format_yuan(sum(share.loss_fen for share in shares)),
            "traced": format_yuan(account.traced_fen),
            "by_loss": format_yuan(account.by_loss_fen),
        },
    }


def refund_phrases(facts: PaperFacts, texts: FormTexts) -> dict[str, str]:
    """``{return_amount}``, ``{tracing}`` for the bank, and ``{shares}`` for the file; empty while nothing is
    frozen that is the victim's."""
    refund = facts.refund
    if refund is None or not refund.due_fen:
        return {"return_amount": "", "tracing": "", "shares": ""}
    due = refund.due_fen
    return {
        "return_amount": texts.text(
            "refund.amount", figures=in_figures(due), capitals=in_capitals(due)
        ),
        "tracing": "\n".join(_traced(item, refund.case, texts) for item in refund.accounts),
        "shares": "\n".join(_shared(item, refund.case, texts) for item in refund.accounts),
    }


def _traced(account: RefundAccount, own: CaseId, texts: FormTexts) -> str:
    return texts.text(
        "refund.traced" if account.traced_fen else "refund.divided",
        account=account_line(account.account),
        frozen=in_figures(account.frozen_fen),
        due=format_yuan(account.due_fen(own)),
    )


def _shared(account: RefundAccount, own: CaseId, texts: FormTexts) -> str:
    mine = [share for share in account.shares if share.case == own]
    return texts.text(
        "refund.shared",
        account=account_line(account.account),
        frozen=in_figures(account.frozen_fen),
        victims=len(account.shares),
        traced=format_yuan(sum(share.traced_fen for share in mine)),
        by_loss=format_yuan(sum(share.by_loss_fen for share in mine)),
    )

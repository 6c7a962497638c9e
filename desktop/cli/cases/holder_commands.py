"""``report offer | accept | decline | take-back | take-over``: which desk of the station is in charge of a case."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from desktop.cli.context import CommandContext, CommandOutcome
from desktop.domain.cases.case_holder import CaseHolder
from desktop.domain.errors import RuleError
from desktop.domain.ids import CaseId, DeviceId
from desktop.runtime.catalogue import Catalogue
from desktop.services.cases.change_holder import (
    colleagues,
    decline_case,
    offer_case,
    take_on_case,
    take_over_case,
    withdraw_case_offer,
)
from desktop.services.cases.report_document import holder_document
from desktop.services.look_up import case_file, find_case
from desktop.services.session import Session


def add(verbs: Any, words: Catalogue) -> None:
    """Declare the commands."""
    offer = verbs.add_parser("offer", help=words.text("cli.help.report_offer"))
    offer.add_argument("case", metavar="CASE")
    offer.add_argument("--to", metavar="LETTER|FINGERPRINT", required=True)
    offer.add_argument("--reason", metavar="TEXT", required=True)
    offer.set_defaults(run=offer_report)
    for name, run, reasoned in (
        ("accept", accept_report, False),
        ("decline", decline_report, True),
        ("take-back", take_back_offer, False),
        ("take-over", take_over_report, True),
    ):
        key = name.replace("-", "_")
        verb = verbs.add_parser(name, help=words.text(f"cli.help.report_{key}"))
        verb.add_argument("case", metavar="CASE")
        if reasoned:
            verb.add_argument("--reason", metavar="TEXT", required=True)
        verb.set_defaults(run=run)


def offer_report(context: CommandContext) -> CommandOutcome:
    """Offer a case to another desk of the station."""

    def offered(session: Session, case: CaseId) -> CaseHolder:
        return offer_case(session, case, _session(session, context.args.to), context.args.reason)

    return _done(context, offered)


def accept_report(context: CommandContext) -> CommandOutcome:
    """Take on what was offered to this desk."""
    return _done(context, take_on_case)


def decline_report(context: CommandContext) -> CommandOutcome:
    """Refuse what was offered to this desk."""
    return _done(context, lambda session, case: decline_case(session, case, context.args.reason))


def take_back_offer(context: CommandContext) -> CommandOutcome:
    """Take an unanswered offer back."""
    return _done(context, withdraw_case_offer)


def take_over_report(context: CommandContext) -> CommandOutcome:
    """Take charge of a case nobody offered."""
    return _done(context, lambda session, case: take_over_case(session, case, context.args.reason))


def _done(
    context: CommandContext, action: Callable[[Session, CaseId], CaseHolder]
) -> CommandOutcome:
    with context.session() as session:
        case = find_case(session, context.args.case)
        holder = action(session, case)
        number = case_file(session, case).case.number
    key = "charge_offered" if holder.offer else "charge_stands"
    letter = holder.offer.letter if holder.offer else ""
    line = context.text(key, number=number, letter=holder.letter, to=letter)
    return CommandOutcome({"number": number, "charge": holder_document(holder)}, (line,))


def _session(session: Session, wanted: str) -> DeviceId:
    """The desk with that letter, or with that fingerprint however grouped."""
    plain = "".join(mark for mark in wanted.upper() if mark.isalnum())
    found = [
        peer.card.device
        for peer in colleagues(session)
        if plain in (peer.card.device, peer.card.device_letter)
    ]
    if len(found) != 1:
        raise RuleError("charge.unknown_desk", letter=plain[:16])
    return found[0]

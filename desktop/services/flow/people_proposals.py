"""Who holds an account or a number, as replies and reports tell it: proposals, until an officer takes one on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from desktop.domain.case_file.views import CaseFile, OrderView
from desktop.domain.cases.payments.transfer import Account, Certainty
from desktop.domain.cases.people.person import PersonRole, TieKind, TieSource, TypedTie
from desktop.domain.flow.reported_payments import account_key, asked_key, by_subject, payee_key
from desktop.domain.orders.kinds import SPECS, OrderTarget
from desktop.domain.series.people_sheet import TieProposal


@dataclass(frozen=True, slots=True)
class TieStatement:
    """A proposal about the account or number ``key``."""

    key: str
    proposal: TieProposal


def proposals_of(files: Iterable[CaseFile]) -> dict[str, tuple[TieProposal, ...]]:
    """Account or number → who is said to hold it, the surest first, each name once."""
    found: dict[str, list[TieProposal]] = {}
    listed = tuple(files)
    for source in (_holders, _lines, _hops, _payees):
        for file in listed:
            for found_at in source(file):
                found.setdefault(found_at.key, []).append(found_at.proposal)
    return {key: tuple(_each_once(some)) for key, some in found.items()}


def unconfirmed(file: CaseFile) -> int:
    """Accounts and numbers whose holder a bank or a carrier has named, and nobody has recorded."""
    recorded = {(tie.typed.kind, tie.typed.value) for tie in file.people if not tie.withdrawn}
    named = {
        (found_at.proposal.first.kind, found_at.proposal.first.value)
        for source in (_holders, _lines)
        for found_at in source(file)
    }
    return len(named - recorded)


def _each_once(proposals: Iterable[TieProposal]) -> Iterator[TieProposal]:
    """A later telling of the same name, or of the same identity, adds nothing."""
    names: set[str] = set()
    identities: set[str] = set()
    for item in proposals:
        name, identity = item.first.name, item.first.id_number
        if name in names or (identity and identity in identities):
            continue
        names.add(name)
        identities.add(identity)
        yield item


def _holders(file: CaseFile) -> Iterator[TieStatement]:
    """What a bank answered about the account it was asked of."""
    for view in file.orders:
        reply = view.order.reply
        if reply is None or SPECS[view.order.kind].target is not OrderTarget.PAYMENT:
            continue
        facts = reply.account
        if not facts.holder and not facts.holder_id:
            continue
        number = view.order.payee.number or facts.account or facts.card or view.order.order_number
        first = _of_reply(
            view, facts.holder, facts.holder_id, PersonRole.HOLDER,
            (TieKind.ACCOUNT, number, view.order.payee.bank),
        )  # fmt: skip
        ties = [first]
        if facts.phone:
            ties.append(
                _of_reply(
                    view, facts.holder, facts.holder_id, PersonRole.HOLDER,
                    (TieKind.PHONE, facts.phone, ""),
                )
            )  # fmt: skip
        yield TieStatement(
            asked_key(by_subject(file.transfers), view.order),
            TieProposal(file.case.id, tuple(ties)),
        )


def _lines(file: CaseFile) -> Iterator[TieStatement]:
    """What a carrier answered about a number."""
    for view in file.orders:
        reply = view.order.reply
        prefix, _, number = view.order.about.partition("/")
        if reply is None or prefix != "number" or not reply.line.owner:
            continue
        tie = _of_reply(
            view, reply.line.owner, "", PersonRole.LINE_OWNER, (TieKind.PHONE, number, "")
        )
        yield TieStatement(number, TieProposal(file.case.id, (tie,)))


def _hops(file: CaseFile) -> Iterator[TieStatement]:
    """Whom a bank names as the receiver of what went on."""
    for view in file.orders:
        for hop in view.order.reply.hops if view.order.reply is not None else ():
            if hop.name and hop.account:
                tie = _of_reply(
                    view, hop.name, "", PersonRole.HOLDER,
                    (TieKind.ACCOUNT, hop.account, hop.bank),
                )  # fmt: skip
                key = account_key(Account(hop.name, hop.account, hop.bank), "")
                yield TieStatement(key, TieProposal(file.case.id, (tie,)))


def _payees(file: CaseFile) -> Iterator[TieStatement]:
    """Whom the victim names as the receiver."""
    for transfer in file.transfers:
        payee = transfer.payee
        number = payee.number or transfer.order_number
        if payee.name and number:
            tie = TypedTie(
                name=payee.name,
                role=PersonRole.HOLDER,
                kind=TieKind.ACCOUNT,
                value=number,
                bank=payee.bank,
                certainty=transfer.certainty.get("payee_name", Certainty.TOLD),
                source=TieSource.REPORT,
                ref=f"transfer/{transfer.id}",
            )
            yield TieStatement(payee_key(transfer), TieProposal(file.case.id, (tie,)))


def _of_reply(
    view: OrderView, name: str, identity: str, role: PersonRole, about: tuple[TieKind, str, str]
) -> TypedTie:
    kind, value, bank = about
    return TypedTie(
        name=name,
        id_number=identity,
        role=role,
        kind=kind,
        value=value,
        bank=bank,
        certainty=Certainty.RECEIPT,
        source=TieSource.REPLY,
        ref=f"order/{view.order.id}",
    )

"""What is read to the bank over the telephone while a centre's server cannot be reached: the order goes out later."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from datetime import datetime

from desktop.domain.cases.form_facts import amount_of
from desktop.domain.identifiers.money.masked_number import group_account
from desktop.domain.ids import CaseId
from desktop.domain.money.amounts import capitals, format_yuan
from desktop.domain.orders.order import compared
from desktop.domain.reference.directories import Directories
from desktop.services.orders.answers.hand_over_order import TelephoneCall, hand_over_stops
from desktop.services.session import Session
from desktop.ui.intake.stop.stop_candidate import StopCandidate
from desktop.ui.shared.dialogs.form_dialog import FilledForm, Form, FormText, Input, Part

Words = Callable[[str], str]


def phone_form(
    why: str, picked: Sequence[StopCandidate], directories: Directories, words: Words
) -> Form:
    """Whom to call and what to read, a block an account; behind those of each bank who answered there. ``why``: what is
    the matter with the server."""
    parts: list[Part] = [
        FormText(text=why, ink="red"),
        FormText("calls.phone.explain", ink="amber"),
    ]
    for place, items in enumerate(_by_bank(picked).values()):
        for paid in _by_account(items).values():
            parts += _block(paid, directories, words)
        parts.append(Input(f"who_{place}", "calls.phone.who"))
    return Form(
        name="phone_stop",
        title="calls.phone.title",
        accept="calls.phone.noted",
        rows=tuple(parts),
        back="calls.phone.later",
        closes=True,
        focus="who_0",
    )


def calls_noted(
    filled: FilledForm, picked: Sequence[StopCandidate], now: datetime
) -> dict[str, TelephoneCall]:
    """Payment → who answered at its bank, where somebody did."""
    found: dict[str, TelephoneCall] = {}
    for place, (bank, items) in enumerate(_by_bank(picked).items()):
        who = filled[f"who_{place}"].strip()
        if who:
            found |= {item.transfer.id: TelephoneCall(who, now, bank) for item in items}
    return found


def hand_over_called(session: Session, case: CaseId, calls: Mapping[str, TelephoneCall]) -> None:
    """What was read over the telephone is handed over, as far as its orders stand."""
    for call in dict.fromkeys(calls.values()):
        if call.to:
            read = [transfer for transfer, own in calls.items() if own == call]
            hand_over_stops(session, case, read, call)


def _by_bank(picked: Sequence[StopCandidate]) -> dict[str, list[StopCandidate]]:
    found: dict[str, list[StopCandidate]] = {}
    for item in picked:
        found.setdefault(item.transfer.payee_bank.strip(), []).append(item)
    return found


def _by_account(items: Sequence[StopCandidate]) -> dict[Hashable, list[StopCandidate]]:
    """An account is read out and stopped once, whatever was paid into it; another holder is another account."""
    found: dict[Hashable, list[StopCandidate]] = {}
    for item in items:
        transfer = item.transfer
        account = compared(transfer.payee_account)
        own = not account or "*" in account
        found.setdefault(transfer.id if own else (account, transfer.payee_name.strip()), []).append(
            item
        )
    return found


def _block(paid: list[StopCandidate], directories: Directories, words: Words) -> Iterator[Part]:
    transfer, dot = paid[0].transfer, words("intake.dot")
    hotline = directories.hotline(transfer.payee_bank)
    numbers = hotline.numbers if hotline is not None else ()
    bank = transfer.payee_bank or words("calls.phone.no_bank")
    yield FormText(text=dot.join((bank, *numbers)), role="section", ink="")
    yield FormText(
        text=group_account(transfer.payee_account) or transfer.order_number, role="figure", ink=""
    )
    for item in paid:
        yield from _payment(item, dot)
    sums = [amount_of(item.transfer.amount) for item in paid]
    known = [fen for fen in sums if fen]
    if len(known) == len(sums) > 1:
        whole = {"amount": format_yuan(sum(known)), "capitals": capitals(sum(known))}
        yield FormText(
            "calls.phone.together", role="section", ink="", params={"count": len(paid), **whole}
        )


def _payment(item: StopCandidate, dot: str) -> Iterator[Part]:
    transfer = item.transfer
    facts = (transfer.payee_name, transfer.amount, item.capitals, transfer.time)
    yield FormText(text=dot.join(part for part in facts if part), ink="")
    payer = transfer.payer_name, group_account(transfer.payer_account), transfer.payer_bank
    if any(payer):
        yield FormText(
            "calls.phone.payer", ink="", params={"payer": dot.join(part for part in payer if part)}
        )


def with_last_line(words: str, narrative: str) -> str:
    """The story with what was told the bank as its last line."""
    return f"{narrative.rstrip()}\n{words}".lstrip()

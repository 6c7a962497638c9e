"""What is read to the bank over the telephone while a centre's server cannot be reached: the order goes out later."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime

from desktop.domain.ids import CaseId
from desktop.domain.installation.officer import Permission
from desktop.domain.reference.directories import Directories
from desktop.services.cases.form.read_form import group_account
from desktop.services.orders.answers.hand_over_order import TelephoneCall, hand_over_stop
from desktop.services.session import Session
from desktop.ui.intake.stop.stop_candidate import StopCandidate
from desktop.ui.shared.dialogs.form_dialog import FilledForm, Form, FormText, Input, Part

Words = Callable[[str], str]


def phone_form(
    why: str, picked: Sequence[StopCandidate], directories: Directories, words: Words
) -> Form:
    """Whom to call and what to read, a block a payment; behind those of each bank who answered there. ``why``: what is
    the matter with the server."""
    parts: list[Part] = [
        FormText(text=why, ink="red"),
        FormText("calls.phone.explain", ink="amber"),
    ]
    for place, items in enumerate(_by_bank(picked).values()):
        for item in items:
            parts += _block(item, directories, words)
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
    """What was read over the telephone is handed over, as far as its orders stand. Whoever may not dispatch leaves that
    to a dispatcher, who finds it in the story."""
    if session.officer.may(Permission.DISPATCH):
        for transfer, call in calls.items():
            if call.to:
                hand_over_stop(session, case, transfer, call)


def _by_bank(picked: Sequence[StopCandidate]) -> dict[str, list[StopCandidate]]:
    found: dict[str, list[StopCandidate]] = {}
    for item in picked:
        found.setdefault(item.transfer.payee_bank.strip(), []).append(item)
    return found


def _block(item: StopCandidate, directories: Directories, words: Words) -> Iterator[Part]:
    transfer, dot = item.transfer, words("intake.dot")
    hotline = directories.hotline(transfer.payee_bank)
    numbers = hotline.numbers if hotline is not None else ()
    bank = transfer.payee_bank or words("calls.phone.no_bank")
    yield FormText(text=dot.join((bank, *numbers)), role="section", ink="")
    yield FormText(
        text=group_account(transfer.payee_account) or transfer.order_number, role="figure", ink=""
    )
    payer = transfer.payer_name, group_account(transfer.payer_account), transfer.payer_bank
    paid = (transfer.payee_name, transfer.amount, item.capitals, transfer.time)
    yield FormText(text=dot.join(part for part in paid if part), ink="")
    if any(payer):
        yield FormText(
            "calls.phone.payer", ink="", params={"payer": dot.join(part for part in payer if part)}
        )


def with_last_line(words: str, narrative: str) -> str:
    """The story with what was told the bank as its last line."""
    return f"{narrative.rstrip()}\n{words}".lstrip()

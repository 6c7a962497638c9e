"""What is read to the bank over the telephone while a centre's server cannot be reached: the order goes out later."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from desktop.domain.reference.directories import Directories
from desktop.services.cases.form.read_form import group_account
from desktop.ui.intake.stop.stop_candidate import StopCandidate
from desktop.ui.shared.dialogs.form_dialog import Form, FormText, Input, Part

Words = Callable[[str], str]


def phone_form(
    why: str, picked: Sequence[StopCandidate], directories: Directories, words: Words
) -> Form:
    """Whom to call and what to read, a block a payment; who answered there. ``why``: what is the matter with the
    server."""
    parts: list[Part] = [
        FormText(text=why, ink="red"),
        FormText("calls.phone.explain", ink="amber"),
    ]
    for item in picked:
        parts += _block(item, directories, words)
    return Form(
        name="phone_stop",
        title="calls.phone.title",
        accept="calls.phone.noted",
        rows=(*parts, Input("who", "calls.phone.who")),
        back="calls.phone.later",
        closes=True,
    )


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

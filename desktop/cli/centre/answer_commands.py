"""``centre replies --queue | --assign | --aside``: replies that wait for a person, and what becomes of each."""

from __future__ import annotations

from typing import Any

from desktop.cli.centre_session import centre_session
from desktop.cli.context import CommandContext, CommandOutcome
from desktop.cli.orders.current_reply import both, seen_by
from desktop.domain.fields import Json
from desktop.domain.masking import masked_cells
from desktop.services.orders.answer_queue import (
    NO_REPLY,
    compare_answer,
    queued_answers,
    set_answer_aside,
    settle_answer,
)
from desktop.services.session import Session


def add_options(replies: Any) -> None:
    """Declare what ``centre replies`` takes besides files."""
    replies.add_argument("--queue", action="store_true")
    replies.add_argument("--assign", nargs=2, metavar=("KEY", "ORDER"))
    replies.add_argument("--replaces", metavar="ENTRY", default="")
    replies.add_argument("--aside", nargs=2, metavar=("KEY", "REASON"))


def settle(context: CommandContext) -> CommandOutcome:
    """Settle one, then list what still waits. Where another reply stands, both are shown and nothing is done, unless
    ``--replaces`` names the one that stands."""
    args = context.args
    with centre_session(context) as session:
        if args.assign:
            refused = _assign(context, session, *args.assign)
            if refused is not None:
                return refused
        if args.aside:
            set_answer_aside(session, *args.aside)
        waiting = queued_answers(session)
    rows: list[Json] = [
        {
            "key": item.key,
            "file": item.file,
            "row": item.answer.row,
            "trouble": item.answer.trouble.value if item.answer.trouble else "",
            "code": item.code,
            "order": item.order,
            "texts": dict(masked_cells(item.answer.texts)),
        }
        for item in waiting
    ]
    lines = tuple(
        f"{item.key}  {item.file}:{item.answer.row}  "
        + context.texts.text(f"centre.trouble.{item.answer.trouble.value}")
        for item in waiting
        if item.answer.trouble
    )
    return CommandOutcome({"queue": rows}, lines)


def _assign(
    context: CommandContext, session: Session, key: str, order: str
) -> CommandOutcome | None:
    found = compare_answer(session, key, order)
    seen = seen_by(found.standing, found.said, context.args.replaces)
    if seen is None and found.standing is not None:
        return both(context, found.standing, found.said)
    settle_answer(session, key, order, seen or NO_REPLY)
    return None

"""A reply given where another one stands: replaced only by whoever names the one that stands, else both are shown."""

from __future__ import annotations

from typing import Any

from desktop.cli.context import CommandContext, CommandOutcome
from desktop.cli.orders.reply_document import reply_row
from desktop.domain.errors import RuleError
from desktop.domain.orders.order import OrderReply
from desktop.domain.records.fields import Json
from desktop.domain.time.clock import to_wire
from desktop.domain.time.local_time import show_time
from desktop.services.orders.answers.current_reply import CurrentReply, current_reply_of
from desktop.services.orders.answers.record_reply import ReplyBaseline
from desktop.services.session import Session


def baseline_for(
    current: CurrentReply | None, reply: OrderReply, named: str
) -> ReplyBaseline | None:
    """What the person has seen; None when they have not seen the other reply that stands. ``named``: the id of the
    entry they name. The same words again need no name: that is told as such."""
    if current is None:
        return ReplyBaseline(None)
    same = reply.says_the_same(current.reply)
    return ReplyBaseline(current.reply) if same or named == current.entry else None


def unseen(
    context: CommandContext, session: Session, answers: list[tuple[OrderReply, Any]]
) -> tuple[list[ReplyBaseline], CommandOutcome | None]:
    """What stands for the order of each reply document, or the refusal of the first that would replace unseen; its
    ``replaces`` names the entry it may replace."""
    found: list[ReplyBaseline] = []
    for reply, item in answers:
        current = current_reply_of(session, str(item.get("order", "")))
        baseline = baseline_for(current, reply, str(item.get("replaces", "")))
        if baseline is None and current is not None:
            return found, both(context, current, reply)
        found.append(baseline or ReplyBaseline(None))
    return found, None


def both(context: CommandContext, current: CurrentReply, reply: OrderReply) -> CommandOutcome:
    """Who recorded what and when, beside what was not recorded."""
    error = RuleError("answer.other_stands", by=current.by, at=show_time(current.at))
    context.tell(error)
    texts = context.texts.error_text(error)
    stands, new = reply_row(current.reply), reply_row(reply)
    document: dict[str, Json] = {
        "ok": False,
        "error": error.code,
        "what": texts.what,
        "safe": texts.safe,
        "do": texts.do,
        "standing": {
            "entry": current.entry,
            "by": current.by,
            "at": to_wire(current.at),
            "reply": stands,
        },
        "said": new,
    }
    left, right = _flat(stands), _flat(new)
    lines = [context.text("answer_stands", entry=current.entry)]
    lines += [
        f"{' ' if left.get(name) == right.get(name) else '≠'} {name}: "
        f"{left.get(name, '')} | {right.get(name, '')}"
        for name in dict.fromkeys((*left, *right))
    ]
    return CommandOutcome(document, tuple(lines), ok=False)


def _flat(value: Json, name: str = "") -> dict[str, str]:
    """Path → text of everything a reply tells."""
    if isinstance(value, dict):
        parts = [_flat(item, f"{name}.{key}" if name else key) for key, item in value.items()]
    elif isinstance(value, (list, tuple)):
        parts = [_flat(item, f"{name}.{place}") for place, item in enumerate(value, 1)]
    else:
        return {name: str(value)} if value not in ("", None) else {}
    return {path: text for part in parts for path, text in part.items()}

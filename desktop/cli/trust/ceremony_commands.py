"""``trust replace-centre | vouch | confirm | changes``: what two officers do together, and what is told of it."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from desktop.cli.centre_session import centre_session
from desktop.cli.context import CommandContext, CommandOutcome, add_second
from desktop.cli.trust.card_files import read_card_file
from desktop.cli.trust.centre_list_commands import add_taking
from desktop.cli.trust.peer_texts import peer_name
from desktop.domain.installation.ceremony import Ceremony
from desktop.domain.records.fields import Json
from desktop.domain.time.clock import to_wire
from desktop.domain.time.local_time import show_time
from desktop.runtime.files.atomic_file import write_atomic
from desktop.runtime.texts.catalogue import Catalogue
from desktop.sealing.fingerprint import grouped
from desktop.services.exchange.peers.replace_centre import replace_centre
from desktop.services.exchange.peers.trust import read_card
from desktop.services.exchange.peers.vouch_for import vouch_for
from desktop.services.officers.confirm_trust import confirm_trust
from desktop.services.officers.trust_changes import TrustChange, acknowledge_changes, unseen_changes
from desktop.services.officers.unconfirmed import Unconfirmed, to_confirm
from desktop.services.ports import Pdf


def add(verbs: Any, texts: Catalogue) -> None:
    """Declare the commands."""
    replacing = verbs.add_parser("replace-centre", help=texts.text("cli.help.trust_replace"))
    replacing.add_argument("file", metavar="FILE")
    replacing.add_argument("--record", metavar="FILE.pdf")
    replacing.set_defaults(run=change_centre)
    vouching = verbs.add_parser("vouch", help=texts.text("cli.help.trust_vouch"))
    vouching.add_argument("file", metavar="CARD")
    vouching.add_argument("--to", metavar="FILE", required=True)
    vouching.set_defaults(run=vouch_card)
    confirming = verbs.add_parser("confirm", help=texts.text("cli.help.trust_confirm"))
    confirming.add_argument("names", metavar="OFFICER|DEVICE", nargs="*")
    confirming.add_argument("--all", action="store_true")
    confirming.set_defaults(run=confirm)
    for verb in (replacing, vouching, confirming):
        add_second(verb, texts)
    add_taking(verbs, texts)
    telling = verbs.add_parser("changes", help=texts.text("cli.help.trust_changes"))
    telling.add_argument("--seen", action="store_true")
    telling.set_defaults(run=list_changes)


def change_centre(context: CommandContext) -> CommandOutcome:
    """Put another centre in the place of the one this desk named."""
    args = context.args

    def keep(record: Pdf) -> None:
        write_atomic(Path(args.record), record.data)

    with context.session() as desk:
        text = read_card_file(desk, args.file)
        done = replace_centre(desk, text, context.second(desk), keep if args.record else None)
    card = done.centre.card
    document: dict[str, Json] = {
        "device": card.device,
        "fingerprint": grouped(card.fingerprint),
        "unit_name": card.unit_name,
        "founding": done.centre.ceremony is Ceremony.FOUNDING,
        "record": args.record if done.record is not None else "",
    }
    name, fingerprint = peer_name(context, card), grouped(card.fingerprint)
    return CommandOutcome(
        document, (context.text("centre_replaced", name=name, fingerprint=fingerprint),)
    )


def vouch_card(context: CommandContext) -> CommandOutcome:
    """At a centre: sign the card of its successor, or of a desk that is to be enrolled from the file alone."""
    args = context.args
    with centre_session(context) as desk:
        text = read_card_file(desk, args.file)
        card = read_card(desk, text)
        vouched = vouch_for(desk, text, context.second(desk))
    write_atomic(Path(args.to), vouched.encode(), mode=0o644)
    document: dict[str, Json] = {"fingerprint": grouped(card.fingerprint), "file": args.to}
    return CommandOutcome(document, (context.text("written", file=args.to),))


def confirm(context: CommandContext) -> CommandOutcome:
    """Without a name: what waits to be confirmed. Else two officers confirm it."""
    args = context.args
    with context.session() as desk:
        waiting = to_confirm(desk)
        chosen = [one for one in waiting if args.all or one.key in args.names]
        missing = set(args.names) - {one.key for one in chosen}
        subjects = [one.subject for one in chosen] + [f"officer//{name}" for name in missing]
        done = confirm_trust(desk, subjects, context.second(desk)) if subjects else 0
    left = [one for one in waiting if one not in chosen]
    lines = [context.text("confirmed", count=done)] if done else []
    lines += [_line(context, one) for one in left]
    lines = lines or [context.text("nothing_to_confirm")]
    return CommandOutcome({"confirmed": done, "waiting": [_row(one) for one in left]}, tuple(lines))


def _row(one: Unconfirmed) -> Json:
    return {
        "kind": one.kind,
        "key": one.key,
        "name": one.name,
        "ceremony": one.ceremony.value,
        "by": one.by,
        "at": to_wire(one.at) if one.at else "",
    }


def _line(context: CommandContext, one: Unconfirmed) -> str:
    how = context.texts.text(f"trust.ceremony.{one.ceremony.value}")
    return context.text("to_confirm", who=one.key, name=one.name, how=how, by=one.by)


def list_changes(context: CommandContext) -> CommandOutcome:
    """What changed in whom this installation trusts since the officer last said that they had seen it."""
    with context.session() as desk:
        found = unseen_changes(desk)
        if context.args.seen:
            acknowledge_changes(desk, found)
    lines = tuple(map(partial(change_line, context), found))
    rows = [change_row(one) for one in found]
    return CommandOutcome({"changes": rows}, lines or (context.text("no_changes"),))


def change_row(one: TrustChange) -> Json:
    """A change as data."""
    return {
        "at": to_wire(one.at),
        "kind": one.kind,
        "about": one.about,
        "name": one.name,
        "by": one.by,
        "second": one.second,
        "founding": one.founding,
    }


def change_line(context: CommandContext, one: TrustChange) -> str:
    """A change in words."""
    texts = context.texts
    what = texts.text(f"trust.change.{one.kind.replace('.', '_')}", about=one.about, name=one.name)
    if one.second:
        who = texts.text("trust.change.by_two", by=one.by, second=one.second)
    else:
        who = texts.text("trust.change.by_one", by=one.by)
    return f"{show_time(one.at)}  {what}  {who}"

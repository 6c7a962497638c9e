"""``trust keys | rotate | reseal | destroy-key``: this installation's own key pairs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from desktop.cli.context import CommandContext, CommandOutcome
from desktop.cli.trust.card_files import write_card_file
from desktop.cli.trust.peer_texts import peer_name
from desktop.domain.errors import UserInputError
from desktop.domain.exchange.peers import OwnKey
from desktop.domain.records.fields import Json
from desktop.domain.time.clock import to_wire
from desktop.runtime.texts.catalogue import Catalogue
from desktop.sealing.fingerprint import grouped
from desktop.services.exchange.peers.our_centre import receivers
from desktop.services.exchange.peers.own_keys import (
    copy_is_due,
    destroy_key,
    own_keys,
    reseal_evidence,
    rotate_keys,
    unaware,
)
from desktop.services.exchange.peers.trust import own_card


def add(verbs: Any, texts: Catalogue) -> None:
    """Declare the commands."""
    verbs.add_parser("keys", help=texts.text("cli.help.trust_keys")).set_defaults(run=list_keys)
    add_rotate(verbs, texts)
    verbs.add_parser("reseal", help=texts.text("cli.help.trust_reseal")).set_defaults(run=reseal)
    destroy = verbs.add_parser("destroy-key", help=texts.text("cli.help.trust_destroy_key"))
    destroy.add_argument("fingerprint", metavar="FINGERPRINT")
    destroy.set_defaults(run=destroy_former)


def add_rotate(verbs: Any, texts: Catalogue) -> None:
    """Declare ``rotate``; a centre changes its keys in the same way as a desk."""
    rotate = verbs.add_parser("rotate", help=texts.text("cli.help.trust_rotate"))
    rotate.add_argument("--lost", metavar="REASON", help=texts.text("cli.help.trust_rotate_lost"))
    rotate.add_argument("--card", metavar="FILE", help=texts.text("cli.help.trust_rotate_card"))
    rotate.set_defaults(run=rotate_own)


def key_row(key: OwnKey) -> dict[str, Json]:
    """One of our key pairs."""
    return {
        "fingerprint": grouped(key.fingerprint),
        "since": to_wire(key.since),
        "until": to_wire(key.until) if key.until else "",
        "in_use": key.until is None,
        "lost": key.lost,
        "held": key.held,
    }


def list_keys(context: CommandContext) -> CommandOutcome:
    """Every pair ever used, and who does not know the newest yet."""
    with context.session() as desk:
        keys, waiting = own_keys(desk), unaware(desk, receivers(desk))
        due = copy_is_due(desk)
    lines = [context.text(_line(key), **_key_facts(key)) for key in keys]
    lines += [
        context.text("key_unknown_to", name=peer_name(context, peer.card)) for peer in waiting
    ]
    if due:
        lines.append(context.text("copy_is_due"))
    document: dict[str, Json] = {
        "backup_due": due,
        "keys": [key_row(key) for key in keys],
        "unknown_to": [peer.card.device for peer in waiting],
    }
    return CommandOutcome(document, tuple(lines))


def rotate_own(context: CommandContext) -> CommandOutcome:
    """Take new keys into use; ``--lost`` says why the former may be in other hands."""
    lost, target = context.args.lost, context.args.card
    if lost is not None and not lost.strip():
        raise UserInputError("trust.reason_missing")
    with context.session() as desk:
        key = rotate_keys(desk, lost=lost or "")
        if target:
            write_card_file(desk, Path(target), own_card(desk))
    name = "rotated_lost" if lost else "rotated"
    line = context.text(name, fingerprint=grouped(key.fingerprint))
    return CommandOutcome(key_row(key) | {"card": target or ""}, (line,))


def reseal(context: CommandContext) -> CommandOutcome:
    """Let the key in use open all evidence, so that no former one is needed for it."""
    with context.session() as desk:
        count = reseal_evidence(desk, context.progress)
    return CommandOutcome({"resealed": count}, (context.text("evidence_resealed", count=count),))


def destroy_former(context: CommandContext) -> CommandOutcome:
    """Destroy the secret half of a former pair for ever, after evidence was sealed to the one in use."""
    with context.session() as desk:
        key = destroy_key(desk, context.args.fingerprint, receivers(desk), context.progress)
    line = context.text("key_destroyed", fingerprint=grouped(key.fingerprint))
    return CommandOutcome(key_row(key), (line,))


def _line(key: OwnKey) -> str:
    if key.until is None:
        return "key_in_use"
    if key.lost:
        return "key_lost"
    return "key_before" if key.held else "key_gone"


def _key_facts(key: OwnKey) -> dict[str, str]:
    return {
        "fingerprint": grouped(key.fingerprint),
        "since": to_wire(key.since)[:10],
        "until": to_wire(key.until)[:10] if key.until else "",
    }

"""``trust card | add | list | revoke``; our own keys are in key_commands, the rest of it in ceremony_commands."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from desktop.cli.context import CommandContext, CommandOutcome, add_second
from desktop.cli.trust import ceremony_commands, key_commands
from desktop.cli.trust.card_files import read_card_file, write_card_file
from desktop.cli.trust.peer_texts import peer_line, peer_name
from desktop.domain.exchange.peers import Peer
from desktop.domain.installation.ceremony import Ceremony
from desktop.domain.records.fields import Json
from desktop.domain.time.clock import to_wire
from desktop.runtime.texts.catalogue import Catalogue
from desktop.sealing.fingerprint import grouped
from desktop.services.exchange.peers.revoke_peer import revoke_peer
from desktop.services.exchange.peers.trust import (
    expiring,
    find_peer,
    own_card,
    peers,
    revoked_unmet,
    trust_peer,
    warned_before,
)


def add(commands: Any, texts: Catalogue) -> None:
    """Declare the commands."""
    group = commands.add_parser("trust", help=texts.text("cli.help.trust"))
    verbs = group.add_subparsers(dest="verb", required=True)
    card = verbs.add_parser("card", help=texts.text("cli.help.trust_card"))
    card.add_argument("--to", metavar="FILE", required=True)
    card.set_defaults(run=write_card)
    accept = verbs.add_parser("add", help=texts.text("cli.help.trust_add"))
    accept.add_argument("file", metavar="FILE")
    add_second(accept, texts)
    accept.set_defaults(run=add_peer)
    revoke = verbs.add_parser("revoke", help=texts.text("cli.help.trust_revoke"))
    revoke.add_argument("fingerprint", metavar="FINGERPRINT")
    revoke.add_argument("--reason", metavar="S", required=True)
    revoke.add_argument("--up-to", metavar="N", type=int, help=texts.text("cli.help.trust_up_to"))
    add_second(revoke, texts)
    revoke.set_defaults(run=revoke_device)
    key_commands.add(verbs, texts)
    ceremony_commands.add(verbs, texts)
    verbs.add_parser("list", help=texts.text("cli.help.trust_list")).set_defaults(run=list_peers)


def write_card(context: CommandContext) -> CommandOutcome:
    """This installation's card into a file."""
    with context.session() as desk:
        fingerprint = desk.cards.fingerprint()
        write_card_file(desk, Path(context.args.to), own_card(desk))
    lines = (
        context.text("fingerprint", fingerprint=fingerprint),
        context.text("written", file=context.args.to),
    )
    return CommandOutcome({"fingerprint": fingerprint, "file": context.args.to}, lines)


def peer_row(peer: Peer, now: datetime, warn: timedelta = timedelta(0)) -> dict[str, Json]:
    """A trusted installation; ``warn``: how long before the end of its enrolment it is said to end soon."""
    return {
        "ends_soon": peer.ends_soon(now, warn),
        "device": peer.card.device,
        "fingerprint": grouped(peer.card.fingerprint),
        "unit_code": peer.card.unit_code,
        "unit_name": peer.card.unit_name,
        "letter": peer.card.device_letter,
        "role": peer.card.role,
        "revoked": peer.revoked,
        "standing": peer.state_at(now).value,
        "valid_until": to_wire(peer.valid_until) if peer.valid_until else "",
        "reason": peer.reason,
        "accepted_up_to": {stream: head.seq for stream, head in (peer.cut or {}).items()},
        "ceremony": peer.ceremony.value,
        "founding": peer.ceremony is Ceremony.FOUNDING,
        "keys": [
            {
                "fingerprint": grouped(key.fingerprint),
                "since": to_wire(key.since),
                "until": to_wire(key.until) if key.until else "",
                "standing": key.state_at(now).value,
            }
            for key in peer.keys
        ],
    }


def add_peer(context: CommandContext) -> CommandOutcome:
    """Trust a card. The fingerprint must have been compared by voice before."""
    with context.session() as desk:
        text = read_card_file(desk, context.args.file)
        peer = trust_peer(desk, text, context.second(desk))
        now = desk.clock.now()
    line = context.text(
        "trusted",
        name=peer_name(context, peer.card),
        fingerprint=grouped(peer.card.fingerprint),
    )
    return CommandOutcome(peer_row(peer, now), (line,))


def revoke_device(context: CommandContext) -> CommandOutcome:
    """Trust a device no longer; at the centre the revocation travels with its bundles."""
    with context.session() as desk:
        known = find_peer(desk, context.args.fingerprint)
        second = context.second(desk)
        device, reason, up_to = known.card.device, context.args.reason, context.args.up_to
        peer = revoke_peer(desk, device, reason, second, up_to=up_to)
        now = desk.clock.now()
    name, fingerprint = peer_name(context, peer.card), grouped(peer.card.fingerprint)
    line = context.text("revoked", name=name, fingerprint=fingerprint)
    return CommandOutcome(peer_row(peer, now), (line,))


def list_peers(context: CommandContext) -> CommandOutcome:
    """Everybody ever trusted, how they stand, and whose trust ends soon."""
    with context.session() as desk:
        now, known, soon = desk.clock.now(), peers(desk), expiring(desk)
        unmet, warn = revoked_unmet(desk), warned_before(desk)
    rows: list[Json] = [peer_row(peer, now, warn) for peer in known]
    lines = [peer_line(context, peer, now) for peer in known]
    if not lines:
        lines = [context.texts.text("trust.parties.none")]
    lines += [
        context.text(
            "trust_ends", name=peer_name(context, peer.card), day=to_wire(peer.valid_until)[:10]
        )
        for peer in soon
        if peer.valid_until
    ]
    lines += [context.text("revoked_unmet", fingerprint=grouped(device)) for device in unmet]
    return CommandOutcome({"parties": rows, "revoked_unmet": list(unmet)}, tuple(lines))

"""``trust card | add | list``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from desktop.cli.context import Context, Outcome
from desktop.domain.errors import UserInputError
from desktop.domain.exchange import Party
from desktop.domain.fields import Json
from desktop.runtime.atomic_file import write_atomic
from desktop.runtime.catalogue import Catalogue
from desktop.sealing.fingerprint import grouped
from desktop.services.trust import own_card, parties, trust_party


def add(commands: Any, words: Catalogue) -> None:
    """Declare the commands."""
    group = commands.add_parser("trust", help=words.text("cli.help.trust"))
    verbs = group.add_subparsers(dest="verb", required=True)
    card = verbs.add_parser("card", help=words.text("cli.help.trust_card"))
    card.add_argument("--to", metavar="FILE", required=True)
    card.set_defaults(run=write_card)
    accept = verbs.add_parser("add", help=words.text("cli.help.trust_add"))
    accept.add_argument("file", metavar="FILE")
    accept.set_defaults(run=add_party)
    verbs.add_parser("list", help=words.text("cli.help.trust_list")).set_defaults(run=list_parties)


def read_text(name: str) -> str:
    """A card file; raises ``UserInputError("card.unreadable")``."""
    try:
        return Path(name).read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UserInputError("card.unreadable") from error


def write_card(context: Context) -> Outcome:
    """This installation's card into a file."""
    with context.desk() as desk:
        text, device = own_card(desk), desk.profile.device
    write_atomic(Path(context.args.to), text.encode(), mode=0o644)
    line = context.text("fingerprint", fingerprint=grouped(device))
    return Outcome({"fingerprint": grouped(device), "file": context.args.to}, (line,))


def party_row(party: Party) -> dict[str, Json]:
    """A trusted installation."""
    return {
        "device": party.card.device,
        "fingerprint": grouped(party.card.device),
        "unit_code": party.card.unit_code,
        "unit_name": party.card.unit_name,
        "role": party.card.role,
        "revoked": party.revoked,
    }


def add_party(context: Context) -> Outcome:
    """Trust a card. The fingerprint must have been compared by voice before."""
    text = read_text(context.args.file)
    with context.desk() as desk:
        party = trust_party(desk, text)
    line = context.text(
        "trusted", name=party.card.unit_name, fingerprint=grouped(party.card.device)
    )
    return Outcome(party_row(party), (line,))


def list_parties(context: Context) -> Outcome:
    """Everybody trusted."""
    with context.desk() as desk:
        rows: list[Json] = [party_row(party) for party in parties(desk)]
    lines = tuple(
        f"{r['fingerprint']}  {r['role']}  {r['unit_name']}" for r in rows if isinstance(r, dict)
    )
    return Outcome({"parties": rows}, lines)

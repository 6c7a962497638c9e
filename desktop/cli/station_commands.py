"""``init``."""

from __future__ import annotations

from typing import Any

from desktop.app.installation import FirstRun, parse_roles
from desktop.cli.context import Context, Outcome
from desktop.domain.errors import UserInputError
from desktop.domain.fields import Json
from desktop.domain.profile import InstallationRole
from desktop.runtime.catalogue import Catalogue
from desktop.sealing.fingerprint import grouped


def add(commands: Any, words: Catalogue) -> None:
    """Declare the command."""
    init = commands.add_parser("init", help=words.text("cli.help.init"))
    init.add_argument("--unit-code", metavar="C12", required=True)
    init.add_argument("--unit-name", metavar="S", required=True)
    init.add_argument("--device", metavar="LETTER", required=True)
    init.add_argument("--officer", dest="first_officer", metavar="N")
    init.add_argument("--name", metavar="S", required=True)
    init.add_argument("--roles", metavar="R,…", default="")
    init.set_defaults(run=init_station)


def init_station(context: Context) -> Outcome:
    """Make a station profile with its first officer."""
    args = context.args
    number = args.first_officer or args.officer
    if not number:
        raise UserInputError("officer.not_given")
    first = FirstRun(
        InstallationRole.DESK, args.unit_code, args.unit_name, args.device, number, args.name,
        context.password(), tuple(parse_roles(args.roles)),
    )  # fmt: skip
    profile, code = context.installation().create(first)
    document: dict[str, Json] = {
        "device": profile.device,
        "fingerprint": grouped(profile.device),
        "recovery_code": code,
    }
    return Outcome(
        document, (context.text("initialised", fingerprint=grouped(profile.device)), code)
    )

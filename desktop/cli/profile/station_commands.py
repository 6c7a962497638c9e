"""``init``."""

from __future__ import annotations

from typing import Any

from desktop.cli.context import CommandContext, CommandOutcome
from desktop.domain.errors import UserInputError
from desktop.domain.installation.officer import parse_roles
from desktop.domain.installation.profile import FirstRun, InstallationRole
from desktop.runtime.texts.catalogue import Catalogue
from desktop.sealing.fingerprint import grouped


def add(commands: Any, texts: Catalogue) -> None:
    """Declare the command."""
    init = commands.add_parser("init", help=texts.text("cli.help.init"))
    init.add_argument("--unit-code", metavar="C12", required=True)
    init.add_argument("--unit-name", metavar="S", required=True)
    init.add_argument("--device", metavar="LETTER", required=True)
    init.add_argument("--officer", dest="first_officer", metavar="N")
    init.add_argument("--name", metavar="S", required=True)
    init.add_argument("--roles", metavar="R,…", default="")
    init.add_argument("--duty-phone", metavar="N", default="")
    init.set_defaults(run=init_station)


def init_station(context: CommandContext) -> CommandOutcome:
    """Make a station profile with its first officer."""
    args, number = context.args, first_officer(context)
    first = FirstRun(
        InstallationRole.DESK, args.unit_code, args.unit_name, args.device, number, args.name,
        context.password(), parse_roles(args.roles), args.duty_phone,
    )  # fmt: skip
    return make_profile(context, first)


def first_officer(context: CommandContext) -> str:
    """The number given to ``init``; raises ``UserInputError("officer.not_given")``."""
    number: str | None = context.args.first_officer or context.args.officer
    if not number:
        raise UserInputError("officer.not_given")
    return number


def make_profile(context: CommandContext, first: FirstRun) -> CommandOutcome:
    """Make a profile; what the person must keep: fingerprint and recovery code."""
    profile, code = context.installation().create(first)
    fingerprint = grouped(profile.device)
    document = {"device": profile.device, "fingerprint": fingerprint, "recovery_code": code}
    return CommandOutcome(document, (context.text("initialised", fingerprint=fingerprint), code))

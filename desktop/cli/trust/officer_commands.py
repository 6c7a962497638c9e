"""``officer add | renew | dismiss | new-code | password | list``: who signs in here. New passwords come as in
``recover``, never as an argument."""

from __future__ import annotations

from typing import Any

from desktop.cli.context import CommandContext, CommandOutcome, add_second, secret
from desktop.domain.installation.officer import Officer, parse_roles
from desktop.domain.records.fields import Json
from desktop.runtime.texts.catalogue import Catalogue
from desktop.services.officers.dismiss_officer import dismiss_officer
from desktop.services.officers.enrol_officer import enrol_officer
from desktop.services.officers.own_password import give_password
from desktop.services.officers.recovery_code import new_recovery_code
from desktop.services.officers.unconfirmed import to_confirm


def add(commands: Any, texts: Catalogue) -> None:
    """Declare the commands."""
    group = commands.add_parser("officer", help=texts.text("cli.help.officers"))
    verbs = group.add_subparsers(dest="verb", required=True)
    adding = verbs.add_parser("add", help=texts.text("cli.help.officer_add"))
    adding.add_argument("number", metavar="NUMBER")
    adding.add_argument("--name", metavar="S", required=True)
    adding.add_argument("--roles", metavar="R,…", required=True)
    adding.add_argument(
        "--institution", dest="institutions", metavar="S", action="append", default=[]
    )
    adding.set_defaults(run=add_officer)
    changing = verbs.add_parser("password", help=texts.text("cli.help.officer_password"))
    changing.set_defaults(run=change_own)
    renewing = verbs.add_parser("renew", help=texts.text("cli.help.officer_renew"))
    renewing.set_defaults(run=renew_password)
    ending = verbs.add_parser("dismiss", help=texts.text("cli.help.officer_dismiss"))
    ending.set_defaults(run=end_officer)
    for verb in (renewing, ending):
        verb.add_argument("number", metavar="NUMBER")
    coding = verbs.add_parser("new-code", help=texts.text("cli.help.officer_new_code"))
    coding.set_defaults(run=renew_code)
    for verb in (adding, renewing, ending, coding):
        add_second(verb, texts)
    for verb in (adding, changing, renewing):
        verb.add_argument("--new-password-file", metavar="FILE")
    listing = verbs.add_parser("list", help=texts.text("cli.help.officer_list"))
    listing.set_defaults(run=list_officers)


def add_officer(context: CommandContext) -> CommandOutcome:
    """An administrator and a second officer let another officer sign in."""
    args = context.args
    roles, places = parse_roles(args.roles), tuple(args.institutions)
    officer = Officer(args.number, args.name.strip(), roles, places)
    password = _new_password(context)
    with context.session() as desk:
        enrol_officer(desk, officer, password, context.second(desk))
        founding = any(item.key == officer.number for item in to_confirm(desk))
    line = context.text("officer_added", number=officer.number)
    return CommandOutcome(_shown(officer) | {"founding": founding}, (line,))


def change_own(context: CommandContext) -> CommandOutcome:
    """The officer who signs in takes another password, as everybody must who was given one by an administrator."""
    new, number = _new_password(context), context.officer()
    installation, password = context.installation(), context.password()
    context.copy_first(installation)
    installation.sign_in(number, password, new)
    installation.close()
    return CommandOutcome({"ok": True, "officer": number}, (context.text("password_changed"),))


def renew_password(context: CommandContext) -> CommandOutcome:
    """An administrator and a second officer give an officer, who forgot the own password, an initial one again."""
    new, number = _new_password(context), context.args.number
    with context.session() as desk:
        give_password(desk, number, new, context.second(desk))
    return CommandOutcome({"ok": True, "officer": number}, (context.text("password_given"),))


def end_officer(context: CommandContext) -> CommandOutcome:
    """An administrator and a second officer let an officer who left sign in no more."""
    number = context.args.number
    with context.session() as desk:
        dismiss_officer(desk, number, context.second(desk))
    line = context.text("officer_dismissed", number=number)
    return CommandOutcome({"ok": True, "officer": number}, (line,))


def renew_code(context: CommandContext) -> CommandOutcome:
    """An administrator and a second officer have a new recovery code made; it is told this once."""
    with context.session() as desk:
        code = new_recovery_code(desk, str, context.second(desk))
    return CommandOutcome({"recovery_code": code}, (context.text("code_renewed"), code))


def list_officers(context: CommandContext) -> CommandOutcome:
    """Everyone who was ever enrolled; at a centre those of its stations too, as their bundles tell them."""
    with context.session() as desk, desk.store.read() as reader:
        found = reader.officers()
    lines = tuple(
        f"{one.number}  {one.name}  {','.join((*one.roles, *one.institutions))}" for one in found
    )
    return CommandOutcome({"officers": [_shown(one) for one in found]}, lines)


def _new_password(context: CommandContext) -> str:
    file = context.args.new_password_file
    return secret(file, "FANZHA_NEW_PASSWORD", "password.new_not_given")


def _shown(officer: Officer) -> dict[str, Json]:
    return {
        "number": officer.number,
        "name": officer.name,
        "roles": [role.value for role in officer.roles],
        **({"institutions": [*officer.institutions]} if officer.institutions else {}),
    }

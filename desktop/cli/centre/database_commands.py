"""``centre init --db`` and ``centre database``: on which server the centre's journal lies. ``centre renew``: after an
older backup of it was restored."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable
from typing import Any

from desktop.app.maintenance.move_database import move_database
from desktop.app.maintenance.renewal import renew_centre
from desktop.app.profile.database_place import PASSWORD_VARIABLE
from desktop.cli.context import CommandContext, CommandOutcome, add_second
from desktop.domain.errors import UserInputError
from desktop.domain.profile import ServerChoice
from desktop.runtime.catalogue import Catalogue
from desktop.services.officers.second_officer import TypedSecond


def add(
    verb: Callable[[str, object], Any], init: argparse.ArgumentParser, words: Catalogue
) -> None:
    """Declare the options and the commands."""
    verb("renew", begin_anew)
    moving = verb("database", choose_database)
    add_second(moving, words)
    for parser, needed in ((init, False), (moving, True)):
        parser.add_argument("--db", metavar="URL", default="", required=needed)
        parser.add_argument("--db-without-tls", action="store_true")


def chosen(context: CommandContext) -> ServerChoice | None:
    """The server named on the command line, with the password from the environment; None where none is named."""
    args = context.args
    if not args.db:
        if args.db_without_tls:
            raise UserInputError("database.address")
        return None
    password = os.environ.get(PASSWORD_VARIABLE, "")
    return ServerChoice(args.db, password, unsafe=args.db_without_tls)


def choose_database(context: CommandContext) -> CommandOutcome:
    """Work with this server's database from now on; an empty one is filled from the centre's file."""
    choice = chosen(context)
    if choice is None:
        raise UserInputError("database.address")
    number = context.args.second
    second = TypedSecond(number, context.second_password()) if number else None
    done = move_database(
        context.installation(), context.officer(), context.password(), choice, context.progress,
        second,
    )  # fmt: skip
    line = context.text("database_filled" if done.filled else "database_chosen")
    return CommandOutcome({"ok": True, "filled": done.filled}, (line,))


def begin_anew(context: CommandContext) -> CommandOutcome:
    """Go on after an older backup was restored; stations send again what the centre lost."""
    installation, number, password = context.installation(), context.officer(), context.password()
    context.copy_first(installation)
    renew_centre(installation, number, password)
    return CommandOutcome({"ok": True}, (context.text("centre_renewed"),))

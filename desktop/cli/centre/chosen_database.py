"""``--db`` and ``--db-without-tls``: the server that a command names."""

from __future__ import annotations

import argparse
import os

from desktop.app.profile.database_place import PASSWORD_VARIABLE
from desktop.cli.context import CommandContext
from desktop.domain.errors import UserInputError
from desktop.domain.installation.profile import ServerChoice


def add_database(parser: argparse.ArgumentParser, *, needed: bool) -> None:
    """Declare the options."""
    parser.add_argument("--db", metavar="URL", default="", required=needed)
    parser.add_argument("--db-without-tls", action="store_true")


def chosen_database(context: CommandContext) -> ServerChoice | None:
    """The server named on the command line, with the password from the environment; None where none is named."""
    args = context.args
    if not args.db:
        if args.db_without_tls:
            raise UserInputError("database.address")
        return None
    password = os.environ.get(PASSWORD_VARIABLE, "")
    return ServerChoice(args.db, password, unsafe=args.db_without_tls)

"""``escrow request | answer | show``: the centre's copy of a station's key, for the day every password is lost."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from desktop.app.maintenance.escrow import answer_request, make_request, read_request
from desktop.cli.context import CommandContext, CommandOutcome, add_second
from desktop.domain.errors import UserInputError
from desktop.runtime.files.atomic_file import write_atomic
from desktop.runtime.texts.catalogue import Catalogue
from desktop.services.brought_file import read_brought


def add(commands: Any, texts: Catalogue) -> None:
    """Declare the commands."""
    group = commands.add_parser("escrow", help=texts.text("cli.help.escrow"))
    verbs = group.add_subparsers(dest="verb", required=True)
    asking = verbs.add_parser("request", help=texts.text("cli.help.escrow_request"))
    asking.add_argument("--to", metavar="FILE", required=True)
    asking.set_defaults(run=request)
    answering = verbs.add_parser("answer", help=texts.text("cli.help.escrow_answer"))
    answering.add_argument("file", metavar="REQUEST")
    answering.add_argument("--code", metavar="CODE", required=True)
    answering.add_argument("--to", metavar="FILE", required=True)
    add_second(answering, texts)
    answering.set_defaults(run=answer)
    showing = verbs.add_parser("show", help=texts.text("cli.help.escrow_show"))
    showing.set_defaults(run=show)


def request(context: CommandContext) -> CommandOutcome:
    """At the station, without a password: ask the centre for the copy."""
    data, code = make_request(context.installation())
    write_atomic(Path(context.args.to), data, mode=0o644)
    line = context.text("escrow_requested", code=code)
    return CommandOutcome({"code": code, "file": context.args.to}, (line,))


def answer(context: CommandContext) -> CommandOutcome:
    """At the centre: open the copy for the station whose code was read out."""
    data = read_small(context.args.file)
    with context.signed_in() as installation:
        second = context.second(installation.session)
        sealed = answer_request(installation, data, context.args.code, second)
    write_atomic(Path(context.args.to), sealed)
    asked = read_request(data)
    line = context.text("escrow_answered", name=asked.unit_name)
    return CommandOutcome({"device": asked.device, "file": context.args.to}, (line,))


def show(context: CommandContext) -> CommandOutcome:
    """Whether a copy lies in the key file, and for whom."""
    holder = context.installation().key_file().escrow_holder()
    line = context.text("escrow_held" if holder else "escrow_none", holder=holder)
    return CommandOutcome({"held": bool(holder), "recipient": holder}, (line,))


def read_small(name: str) -> bytes:
    """A request or an answer; raises ``UserInputError("escrow.unreadable")``."""
    try:
        return read_brought(name, _MOST)
    except OSError as error:
        raise UserInputError("escrow.unreadable") from error


_MOST = 1 << 20

"""``check KIND VALUE`` and ``check -``: no profile, no password, nothing stored."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from desktop.cli.context import CommandContext, CommandOutcome, WrongUsageError
from desktop.cli.standard_input import standard_input
from desktop.domain.errors import UserInputError
from desktop.domain.records.fields import Json
from desktop.domain.time.local_time import CHINA
from desktop.runtime.files.resources import resource_path
from desktop.runtime.packages.directories import PackedDirectories
from desktop.runtime.system_clock import SystemClock
from desktop.runtime.texts.catalogue import Catalogue
from desktop.services.cases.form.check_identifier import check_identifier, to_json


def add(commands: Any, texts: Catalogue) -> None:
    """Declare the command."""
    parser = commands.add_parser("check", help=texts.text("cli.help.check"))
    parser.add_argument("kind", metavar="KIND")
    parser.add_argument("value", metavar="VALUE", nargs="?")
    parser.set_defaults(run=check)


def check(context: CommandContext) -> CommandOutcome:
    """One value, or one ``kind<TAB>value`` a line from standard input."""
    args = context.args
    directories = PackedDirectories(resource_path("directories"))
    today = SystemClock().now().astimezone(CHINA).date()

    def one(kind: str, value: str) -> Mapping[str, Json]:
        return to_json(check_identifier(kind, value, directories, today))

    if args.kind == "-" and args.value is None:
        rows = [_parts(line) for line in standard_input().splitlines() if line.strip()]
        results = [one(kind, value) for kind, value in rows]
        return CommandOutcome({"results": results}, tuple(_line(item) for item in results))
    if args.value is None:
        raise WrongUsageError("check.arguments")
    found = one(args.kind, args.value)
    return CommandOutcome(dict(found), (_line(found),))


def _parts(line: str) -> tuple[str, str]:
    kind, tab, value = line.partition("\t")
    if not tab:
        raise UserInputError("check.line")
    return kind.strip(), value


def _line(found: Mapping[str, Json]) -> str:
    facts = found.get("facts")
    shown = " ".join(str(v) for v in facts.values()) if isinstance(facts, Mapping) else ""
    return f"{found['kind']}  {found['normal']}  {found['valid']}  {shown}".rstrip()

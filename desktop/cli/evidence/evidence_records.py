"""How evidence was obtained, as arguments and as JSON."""

from __future__ import annotations

import json
import os
from argparse import Namespace
from dataclasses import fields
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from desktop.app.installation import Installation
from desktop.cli.context import CommandContext, CommandOutcome, secret
from desktop.cli.standard_input import standard_input
from desktop.domain.errors import RuleError, UserInputError
from desktop.domain.evidence.item import AcquisitionMethod, Evidence
from desktop.domain.evidence.record import EvidenceRecord
from desktop.domain.ids import EvidenceId
from desktop.domain.installation.officer import Officer
from desktop.domain.records.fields import Json
from desktop.domain.records.record_fields import flat, read_flat
from desktop.domain.time.clock import from_wire, to_wire
from desktop.domain.time.local_time import read_time
from desktop.runtime.texts.catalogue import Catalogue
from desktop.services.evidence.record_evidence import TypedRecord, record_evidence
from desktop.services.look_up import case_evidence, find_case

_ROOT: Final = "r"
_VARIABLE: Final = "FANZHA_SECOND_PASSWORD"
_NAMES: Final = frozenset(item.name for item in fields(EvidenceRecord)) - {"seconded_at"}
"""``seconded_at`` is nobody's to say but the second officer's, by a password."""
_TEXTS: Final = tuple(item.name for item in fields(EvidenceRecord) if item.type == "str")
_MOST_BYTES: Final = 1_000_000


def add_arguments(parser: Any) -> None:
    """Every field of the record, and ``--record`` for a JSON file with the same names."""
    parser.add_argument("--record", metavar="FILE.json")
    parser.add_argument("--source", metavar="TEXT")
    parser.add_argument("--method", choices=[method.value for method in AcquisitionMethod])
    for name in _TEXTS:
        parser.add_argument(f"--{name.replace('_', '-')}", metavar="TEXT")
    parser.add_argument("--taken-at", metavar="TIME")
    parser.add_argument("--proves", metavar="SUBJECT", action="append")


def add(verbs: Any, texts: Catalogue) -> None:
    """Declare ``evidence record``."""
    record = verbs.add_parser("record", help=texts.text("cli.help.evidence_record"))
    record.add_argument("case", metavar="CASE")
    record.add_argument("items", metavar="ITEM", nargs="*")
    add_arguments(record)
    record.add_argument("--second-password-file", metavar="FILE")
    record.set_defaults(run=record_items)


def record_items(context: CommandContext) -> CommandOutcome:
    """Record the same of the named items, or of all; what is not named stays as it is."""
    args = context.args
    with context.signed_in() as installation:
        desk = installation.session
        case = find_case(desk, args.case)
        second = second_officer(context, installation)
        known = {item.id: item for item in case_evidence(desk, case)}
        wanted = [EvidenceId(name) for name in args.items] or list(known)
        if not set(wanted) <= set(known):
            raise UserInputError("evidence.unknown")
        now = desk.clock.now()
        count = sum(
            record_evidence(
                desk, case, [name], record_from_arguments(args, stands(known[name]), now), second
            )
            for name in wanted
        )
    return CommandOutcome({"recorded": count}, (context.text("evidence_recorded", count=count),))


def second_officer(context: CommandContext, installation: Installation) -> Officer | None:
    """The second officer, by their own password; None where they are only named."""
    args = context.args
    if not (args.second and (args.second_password_file or os.environ.get(_VARIABLE))):
        return None
    password = secret(args.second_password_file, _VARIABLE, "password.not_given")
    installation.confirm(args.second, password)
    with installation.session.store.read() as reader:
        found = reader.officer(args.second)
    if found is None:
        raise RuleError("evidence.second_may_not")
    return found


def stands(item: Evidence) -> TypedRecord:
    """What is recorded of an item now."""
    return TypedRecord(item.source, item.method, item.record)


def record_from_arguments(args: Namespace, before: TypedRecord, now: datetime) -> TypedRecord:
    """What the arguments say, over what stood ``before``; the arguments count more than the file.

    Raises ``UserInputError("evidence.record_unreadable")`` for a file, a name or a value that is none.
    """
    given = _document(args.record) if args.record else {}
    for name in ("source", "method", *_TEXTS, "taken_at", "proves"):
        value = getattr(args, name)
        if value is not None:
            given[name] = value
    source, method = given.pop("source", before.source), given.pop("method", before.method)
    if (
        not isinstance(source, str)
        or method not in set(AcquisitionMethod)
        or not set(given) <= _NAMES
    ):
        raise UserInputError("evidence.record_unreadable")
    if given.get("taken_at"):
        given["taken_at"] = _instant(given["taken_at"], now)
    merged = {**flat(before.record, _ROOT), **{f"{_ROOT}.{name}": v for name, v in given.items()}}
    return TypedRecord(source, AcquisitionMethod(method), read_flat(EvidenceRecord, merged, _ROOT))


def _instant(value: Json, now: datetime) -> str:
    found = read_time(value, now) if isinstance(value, str) else None
    try:
        return to_wire(found or from_wire(str(value)))
    except ValueError as error:
        raise UserInputError("evidence.record_unreadable") from error


def _document(name: str) -> dict[str, Any]:
    """The object in a JSON file; ``-`` is standard input."""
    try:
        data = standard_input() if name == "-" else _small_text(Path(name))
        found = json.loads(data)
    except (OSError, ValueError, RecursionError) as error:
        raise UserInputError("evidence.record_unreadable") from error
    if not isinstance(found, dict):
        raise UserInputError("evidence.record_unreadable")
    return found


def _small_text(path: Path) -> str:
    with path.open("rb") as file:
        data = file.read(_MOST_BYTES + 1)
    if len(data) > _MOST_BYTES:
        raise ValueError("too large")
    return data.decode("utf-8-sig")


def record_json(item: Evidence) -> dict[str, Json]:
    """What was recorded of an item; the names are those of the arguments."""
    facts = {
        name.removeprefix(f"{_ROOT}."): value for name, value in flat(item.record, _ROOT).items()
    }
    return {"source": item.source, "method": item.method.value, **facts}

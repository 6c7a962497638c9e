"""``read FILE`` and ``read -``: no profile, no password of ours, nothing stored."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO, Final

from desktop.cli.context import CommandContext, CommandOutcome
from desktop.cli.reading.read_attachments import take_attachment
from desktop.cli.reading.read_contents import read_contents
from desktop.cli.reading.read_lines import reading_lines
from desktop.cli.reading.read_picture import read_picture
from desktop.cli.reading.read_shapes import statement_outcome
from desktop.cli.standard_input import standard_input
from desktop.domain.errors import AppError, UserInputError
from desktop.domain.evidence.picture_kinds import is_heif, is_picture
from desktop.domain.statements.column_choice import DAY_ORDERS, missing_columns
from desktop.domain.statements.statement import ColumnChoice, StatementColumn, TablePreview
from desktop.domain.time.local_time import CHINA
from desktop.readers.heif.photo_reader import PhotoReader
from desktop.readers.pasted.corpus_score import CorpusScorer, corpus_messages, whole
from desktop.readers.pasted.pasted_text import PastedTextReader
from desktop.readers.statements.columns.vocabulary import vocabulary
from desktop.readers.statements.open_statement import open_statement, preview_table
from desktop.runtime.files.resources import resource_path
from desktop.runtime.packages.directories import PackedDirectories
from desktop.runtime.processes.gray_pictures import MOST_OCTETS
from desktop.runtime.system_clock import SystemClock
from desktop.runtime.texts.catalogue import Catalogue
from desktop.services.brought_file import open_brought
from desktop.services.extraction.extraction_document import extraction_document
from desktop.services.extraction.read_pasted import LONGEST

_ROWS: Final = 3
_LONGEST: Final = 24
"""Letters of a cell that are shown."""


def score_corpus(context: CommandContext) -> CommandOutcome:
    """A row for each pattern and field; facts that no pattern matched stand under the pattern "".

    Raises ``UserInputError``: ``read.file``, ``read.corpus``.
    """
    try:
        lines = Path(context.args.score).read_text("utf-8").splitlines()
    except (OSError, ValueError) as error:
        raise UserInputError("read.file") from error
    scorer = CorpusScorer(PackedDirectories(resource_path("directories")))
    scores = scorer.score(corpus_messages(lines))
    total = whole(scores.values())
    rows: list[dict[str, str | int]] = [
        {
            "pattern": pattern,
            "field": field,
            "right": score.right,
            "wrong": score.wrong,
            "missed": score.missed,
        }
        for (pattern, field), score in sorted(scores.items())
    ]
    document = {
        "fields": total.right + total.missed,
        "right": total.right,
        "wrong": total.wrong,
        "missed": total.missed,
    }
    texts = context.texts
    shown = [
        texts.text("cli.read_score_row", **{**row, "pattern": row["pattern"] or "-"})
        for row in rows
    ]
    return CommandOutcome(
        {**document, "rows": rows}, (*shown, texts.text("cli.read_score", **document))
    )


def chosen_columns(context: CommandContext) -> ColumnChoice | None:
    """``--columns date=1,outgoing=3``: places from 1, as :func:`tell_columns` shows them. None when none is said."""
    columns = context.args.columns
    if not columns:
        return None
    try:
        pairs = [part.split("=") for part in columns.split(",")]
        roles = {StatementColumn(name.strip()): int(place) - 1 for name, place in pairs}
    except ValueError as error:
        raise UserInputError("read.columns", names=" ".join(StatementColumn)) from error
    if missing_columns(roles) or min(roles.values()) < 0 or context.args.header_row < 0:
        raise UserInputError("read.columns", names=" ".join(StatementColumn))
    return ColumnChoice(context.args.header_row, roles, context.args.day_order)


def tell_columns(texts: Catalogue, source: BinaryIO, password: str) -> None:
    """On standard error: the first rows column by column, and how to say what they are; nothing without a table."""
    try:
        found = preview_table(source, password)
    except AppError:
        return
    sys.stderr.writelines(f"{line}\n" for line in _lines(texts, found))


def _lines(texts: Catalogue, found: TablePreview) -> Iterator[str]:
    begin = max(0, found.header_row - 1)
    rows = found.rows[begin : begin + 1 + _ROWS]
    meanings = {place: column for column, place in found.guesses.items()}
    for place in range(max(map(len, rows), default=0)):
        cells = [row[place][:_LONGEST] for row in rows if place < len(row)]
        why = _why_not(texts, cells[0] if found.header_row else "", found.guesses)
        yield f"{place + 1}  {' | '.join(cells)}  → {meanings.get(place) or why}"
    for missing in missing_columns(found.guesses):
        yield texts.text(f"cli.read_missing_{missing}")
    guessed = ",".join(f"{column}={place + 1}" for column, place in found.guesses.items())
    yield texts.text(
        "cli.read_columns",
        names=" ".join(StatementColumn),
        example=f"--header-row {found.header_row} --columns {guessed}",
    )


def _why_not(texts: Catalogue, name: str, guesses: Mapping[StatementColumn, int]) -> str:
    """Why nothing is read from a column of this name."""
    known = vocabulary().meaning(name) if name else None
    if known is not None and known[0] in guesses:
        return texts.text("cli.read_column_again", column=known[0])
    return texts.text("cli.read_column_name" if name else "cli.read_column_no_name")


def read_standard_input(texts: Catalogue) -> CommandOutcome:
    """The transfers and identifiers proposed, each with the words it was read from."""
    text = standard_input()
    if len(text) > LONGEST:
        raise UserInputError("paste.too_long", most=LONGEST)
    now = SystemClock().now()
    directories = PackedDirectories(resource_path("directories"))
    reading = PastedTextReader(directories).read(text, now)
    document = extraction_document(reading, directories, now.astimezone(CHINA).date())
    return CommandOutcome(document, tuple(reading_lines(texts, reading)))


_LOCKED: Final = frozenset({"statement.password", "statement.password_wrong"})
_FINAL: Final = _LOCKED | {"statement.bomb", "statement.book_locked", "statement.empty_period"}
"""Nothing else could be read of such a file, and no choice of columns would help."""


def add(commands: Any, texts: Catalogue) -> None:
    """Declare the command."""
    parser = commands.add_parser("read", help=texts.text("cli.help.read"))
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("file", metavar="FILE", nargs="?")
    source.add_argument("--score", metavar="CORPUS", help=texts.text("cli.help.read_score"))
    parser.add_argument("--columns", metavar="NAME=N,…", default="")
    parser.add_argument("--header-row", metavar="N", type=int, default=0)
    parser.add_argument("--day-order", choices=DAY_ORDERS, default=DAY_ORDERS[0])
    parser.add_argument("--attachment", metavar="N", default="")
    parser.set_defaults(run=read)


def read(context: CommandContext) -> CommandOutcome:
    """Whatever the file is by its content; ``-`` is text on standard input."""
    if context.args.score:
        return score_corpus(context)
    if context.args.file == "-":
        return read_standard_input(context.texts)
    try:
        source = open_brought(context.args.file)
    except OSError as error:
        raise UserInputError("read.file") from error
    with source:
        if not context.args.attachment:
            return _reader(source)(context, Path(context.args.file).name, source)
        taken = take_attachment(source, context.args.attachment)
    held = io.BytesIO(taken.data)
    return _reader(held)(context, taken.name, held)


def _reader(source: BinaryIO) -> Callable[[CommandContext, str, BinaryIO], CommandOutcome]:
    head = source.read(16)
    source.seek(0)
    if is_heif(head):
        return _photograph
    return _picture if is_picture(head) else _statement


def _picture(context: CommandContext, _name: str, source: BinaryIO) -> CommandOutcome:
    return read_picture(context, source.read(MOST_OCTETS + 1))


def _photograph(context: CommandContext, _name: str, source: BinaryIO) -> CommandOutcome:
    """Of an iPhone: decoded first."""
    reader = PhotoReader()
    try:
        png = reader.png(source.read(MOST_OCTETS + 1))
    finally:
        reader.close()
    return read_picture(context, png)


def _statement(context: CommandContext, name: str, source: BinaryIO) -> CommandOutcome:
    """A bill or statement, else whatever it is. The password of an archive or PDF is in ``FANZHA_FILE_PASSWORD``."""
    password = os.environ.get("FANZHA_FILE_PASSWORD", "")
    try:
        found = open_statement(source, password, chosen_columns(context)).whole()
    except UserInputError as refused:
        if refused.code in _LOCKED and not context.args.json:
            sys.stderr.write(context.texts.text("cli.read_password") + "\n")
        if refused.code in _FINAL or context.args.columns:
            raise
        outcome = read_contents(context, name, source)
        if outcome is None:
            if not context.args.json:
                tell_columns(context.texts, source, password)
            raise
        return outcome
    return statement_outcome(context.texts, found)

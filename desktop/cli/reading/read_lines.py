"""What ``read`` prints for people: a line for each row or payment, a line for each identifier."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from desktop.domain.money.amounts import format_yuan
from desktop.domain.statements.proposal import (
    CHANNEL,
    OWN_KINDS,
    TRANSFER_FIELDS,
    Extraction,
    ProposedTransfer,
)
from desktop.domain.statements.statement import StatementRow
from desktop.domain.time.local_time import CHINA
from desktop.runtime.texts.catalogue import Catalogue

_GAP = "  "


def row_lines(texts: Catalogue, rows: Iterable[StatementRow]) -> Iterator[str]:
    """The number of the row in the file, then what the window's table shows of it."""
    for row in rows:
        time = f"{row.time.astimezone(CHINA):%Y-%m-%d %H:%M:%S}" if row.time else row.time_text
        cells = (
            str(row.row),
            time.removesuffix(" 00:00:00"),
            texts.text(f"extraction.direction.{row.direction}"),
            _amount(row),
            row.counterparty,
            row.account,
            row.bank,
            row.summary,
            row.channel,
            row.status,
            row.reference or row.merchant_reference,
            *map(texts.text, row.problems),
        )
        yield _GAP.join(filter(None, cells))


def reading_lines(texts: Catalogue, reading: Extraction) -> Iterator[str]:
    """Payments first, then what stands alone, each with how sure the reader is of it."""
    for made in reading.transfers:
        way = texts.text(f"extraction.direction.{made.direction}")
        yield _GAP.join((way, *_parts(texts, made)))
    for found in reading.loose:
        area = "paste.kinds" if found.kind in OWN_KINDS else "identifiers.kind"
        sure = texts.text(f"paste.confidence.{found.confidence}")
        value = _value(texts, found.kind, found.value)
        yield _GAP.join((texts.text(f"{area}.{found.kind}"), value, sure))


def _parts(texts: Catalogue, made: ProposedTransfer) -> Iterator[str]:
    for name in TRANSFER_FIELDS:
        if name in made.parts:
            value = _value(texts, name, made.parts[name].value)
            yield f"{texts.text(f'paste.field.{name}')} {value}"


def _value(texts: Catalogue, kind: str, value: str) -> str:
    return texts.text(f"intake.channel.{value}") if kind == CHANNEL else value


def _amount(row: StatementRow) -> str:
    if row.amount_fen is not None:
        return format_yuan(row.amount_fen)
    named = row.currency in row.amount_text
    return row.amount_text if named else f"{row.amount_text} {row.currency}"

"""The cells of a statement's row in words, for the table and for the line below it."""

from __future__ import annotations

from desktop.domain.money.amounts import format_yuan
from desktop.domain.statements.statement import Effect, MoneyDirection, StatementRow
from desktop.domain.time.local_time import CHINA
from desktop.services.extraction.statement_transfers import in_other_money
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone


def number(row: StatementRow) -> str:
    """The number of the row in the file."""
    return str(row.row)


def time(row: StatementRow) -> str:
    """In China's legal time; the day alone where the file has no clock."""
    if row.time is None:
        return row.time_text
    shown = f"{row.time.astimezone(CHINA):%Y-%m-%d %H:%M:%S}"
    return shown.removesuffix(" 00:00:00")


def amount(row: StatementRow) -> str:
    """Yuan with commas; what is not yuan as it is written, with its unit."""
    if row.amount_fen is not None:
        return format_yuan(row.amount_fen)
    named = not in_other_money(row) or row.currency in row.amount_text
    return row.amount_text if named else f"{row.amount_text} {row.currency}"


def account(row: StatementRow) -> str:
    """The other side's account and bank."""
    return "  ".join(filter(None, (row.account, row.bank)))


def about(row: StatementRow) -> str:
    """What it was for and how it was paid."""
    return " · ".join(dict.fromkeys(filter(None, (row.summary, row.channel))))


def reference(row: StatementRow) -> str:
    """The number of the order or of the booking."""
    return row.reference or row.merchant_reference


def amount_tone(row: StatementRow) -> Tone | None:
    """Amber where the amount cannot be read."""
    return Tone.WARN if "statement.cell.amount" in row.problems else None


def number_tone(row: StatementRow) -> Tone | None:
    """Amber where a spreadsheet rounded a number away."""
    return Tone.WARN if "statement.cell.damaged" in row.problems else None


def status_tone(row: StatementRow) -> Tone | None:
    """Amber where the money did not move, or came back."""
    return Tone.WARN if row.effect is not Effect.MOVED or row.refunded_fen else None


def direction_tone(row: StatementRow) -> Tone | None:
    """Green for what came in; amber where nobody can tell."""
    if "statement.cell.direction" in row.problems:
        return Tone.WARN
    return Tone.OK if row.direction is MoneyDirection.IN else None


def whole(kit: Kit, row: StatementRow) -> str:
    """Everything the row says, and what is wrong with it."""
    words = kit.texts.text
    parts = [words("extraction.row", row=row.row), time(row)]
    parts += [words(f"extraction.direction.{row.direction}"), amount(row), row.counterparty]
    parts += [account(row), about(row), row.status, row.reference, row.merchant_reference]
    if row.balance_fen is not None:  # nought is what a robbed account has
        parts.append(words("extraction.balance", amount=format_yuan(row.balance_fen)))
    facts = " · ".join(dict.fromkeys(filter(None, parts)))
    return "　".join((facts, *(words(problem) for problem in row.problems)))

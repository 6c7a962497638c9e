"""Bills and statements of accounts: rows as the institution wrote them, told in one vocabulary.

Numbers that name something (accounts, serials) stay text. Money is fen; what is not yuan keeps its text and the
name of its unit.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final, NamedTuple

from desktop.domain.errors import UserInputError
from desktop.domain.statements.rounded import believed
from desktop.domain.time.local_time import CHINA

_NUMBER: Final = r"\d[\d*]{10,28}\d"
_PARTED: Final = r"[\d*]{6,32}|\d\.\d+[eE]\+?\d{2}"
"""Between a sign that parts it from the name an account may be shorter, or rounded by a spreadsheet."""
_BOTH: Final = (
    re.compile(rf"(?P<account>{_NUMBER})\s+(?P<name>\D.*)"),
    re.compile(rf"(?P<account>{_PARTED}|)\s*[/／|｜;；,，、]\s*(?P<name>[^\d\s].*)"),
    re.compile(rf"(?P<name>[^\d\s].*?)\s*[/／|｜;；,，、]\s*(?P<account>{_PARTED}|)"),
    re.compile(rf"(?P<name>[^\d\s].*?)\s*[(（\[【]\s*(?P<account>{_PARTED})\s*[)）\]】]"),
    re.compile(r"(?P<name>[^\d\s@(（][^@(（]*?)\s*[(（](?P<account>[\w.*+-]+@[\w.*-]+)[)）]"),
    re.compile(rf"(?P<account>{_PARTED})\s*[(（\[【]\s*(?P<name>[^\d\s].*?)\s*[)）\]】]"),
    re.compile(
        rf"[账帐卡]号[:：]\s*(?P<account>{_PARTED})[\s,，;；/]*(?:户名|姓名|名称)[:：]\s*(?P<name>\D.*)"
    ),
    re.compile(
        rf"(?:户名|姓名|名称)[:：]\s*(?P<name>\D.*?)[\s,，;；/]*[账帐卡]号[:：]\s*(?P<account>{_PARTED})"
    ),
    re.compile(rf"(?P<name>.*?)[\s:：]*(?P<account>{_NUMBER})"),
)
"""How banks write the name and the account of the other side in one cell."""
_CHINESE: Final = re.compile(r"[一-鿿]")
_TELEPHONE: Final = re.compile(r"1[3-9][\d*]{9}")
_LONGEST_CELL: Final = 200
_NOBODY: Final = frozenset(
    {
        "系统",
        "柜台",
        "柜面",
        "atm",
        "atm机",
        "pos",
        "自助设备",
        "自助终端",
        "现金",
        "银行",
        "本行",
        "网银",
        "网上银行",
        "手机银行",
        "电子银行",
        "内部账户",
        "内部户",
        "系统自动",
        "批量",
        "后台",
        "不详",
        "未知",
        "无名",
        "空",
        "null",
        "none",
        "n/a",
    }
)
"""What stands where the name would, and is nobody's."""


class MoneyDirection(StrEnum):
    """Seen from the holder of the statement."""

    IN = "in"
    OUT = "out"
    NEUTRAL = "neutral"


class Effect(StrEnum):
    """Whether the money moved."""

    MOVED = "moved"
    UNDONE = "undone"
    """Failed, closed, revoked, or given back in full: a row to show, not to count as loss."""
    RETURNED = "returned"
    """A payment back; wallets list it as neither income nor spending."""


class StatementColumn(StrEnum):
    """What a column of a statement says."""

    DATE = "date"
    TIME = "time"
    AMOUNT = "amount"
    INCOMING = "incoming"
    OUTGOING = "outgoing"
    DIRECTION = "direction"
    BALANCE = "balance"
    CURRENCY = "currency"
    COUNTERPARTY = "counterparty"
    ACCOUNT = "account"
    BANK = "bank"
    REFERENCE = "reference"
    MERCHANT_REFERENCE = "merchant_reference"
    CHANNEL = "channel"
    STATUS = "status"
    SUMMARY = "summary"
    SENDER = "sender"
    RECEIVER = "receiver"


class StatementRow(NamedTuple):
    """One line of money. A named tuple, as a million of them are made while the officer waits.

    ``row`` counts from 1 as a spreadsheet does, so that a person finds the line again. ``amount_fen`` is never
    negative, and None where the unit is not yuan or the text cannot be read; ``amount_text`` is as written.
    ``refunded_fen`` is what the line itself says came back. ``problems`` are codes (``statement.cell.…``).
    """

    row: int
    time: datetime | None
    time_text: str
    amount_fen: int | None
    amount_text: str
    currency: str
    direction: MoneyDirection
    effect: Effect
    counterparty: str
    account: str
    bank: str
    reference: str
    merchant_reference: str
    channel: str
    status: str
    summary: str
    balance_fen: int | None
    refunded_fen: int
    problems: tuple[str, ...]

    @property
    def day_alone(self) -> bool:
        """Whether only the day is known. Spreadsheets write a day as its midnight, so that midnight counts as none."""
        if self.time is None:
            return False
        local = self.time.astimezone(CHINA)
        return (local.hour, local.minute, local.second) == (0, 0, 0)

    @property
    def other_side(self) -> tuple[str, str]:
        """Name and account of the other side, also where a bank writes both in one cell; no name for what is nobody's
        (系统, 柜台). Of an account that a spreadsheet rounded only what is known of it; the cell stays as it is in the
        row."""
        name, account = self.counterparty, self.account
        if not account:
            name, account = _parted(name) or (name, "")
        elif not name and _CHINESE.search(account):
            name, account = _parted(account) or ("", account)
        return "" if name.casefold() in _NOBODY else name, believed(account)


def _parted(cell: str) -> tuple[str, str] | None:
    """Name and account that stand in one cell; None where it has not both. A telephone number is no account."""
    if len(cell) > _LONGEST_CELL:
        return None
    found = next(filter(None, (shape.fullmatch(cell.strip()) for shape in _BOTH)), None)
    if found is None or _TELEPHONE.fullmatch(found["account"]):
        return None
    return found["name"], found["account"]


@dataclass(frozen=True, slots=True)
class StatedTotal:
    """A sum the file tells of itself; None for what it does not tell."""

    direction: MoneyDirection
    count: int | None
    amount_fen: int | None


@dataclass(frozen=True, slots=True)
class StatementHead:
    """What is known before the first row.

    ``layout`` is the id of the known layout, "" for columns known by name alone; ``source`` the institution as it
    calls itself; ``container`` how the rows were kept (``csv``, ``xls`` …); ``columns`` the header as written;
    ``roles`` what is read from which columns, counted from 0, the preferred first: an empty cell falls to the next.
    """

    layout: str
    source: str
    container: str
    header_row: int
    columns: tuple[str, ...]
    roles: Mapping[StatementColumn, tuple[int, ...]]
    owner: str = ""
    """Whose account it is, as the lines above the header name them; "" where they do not."""
    account: str = ""
    """The number or name of that account, as written there."""
    period: str = ""
    """What the file says it covers, as written."""


def without_rows(head: StatementHead) -> UserInputError:
    """What is said of a statement without a row: that its period has none, where it names one."""
    if head.period:
        return UserInputError("statement.empty_period", period=head.period)
    return UserInputError("statement.no_rows")


@dataclass(frozen=True, slots=True)
class ColumnChoice:
    """What a person said of an unknown table. ``header_row`` counts from 1; 0 means that there is none.

    ``roles`` are places from 0; ``day_order`` reads days like ``05/01/2023``: ``mdy`` or ``dmy``.
    """

    header_row: int
    roles: Mapping[StatementColumn, int]
    day_order: str = "mdy"


@dataclass(frozen=True, slots=True)
class TablePreview:
    """The first rows of a table whose columns nobody knows, every cell as text, and what they look like.

    ``header_row`` is the row that most looks like a header, 0 for none; ``guesses`` are places by what their names or
    their cells suggest: offers, never taken by themselves.
    """

    container: str
    rows: tuple[tuple[str, ...], ...]
    header_row: int
    guesses: Mapping[StatementColumn, int]


@dataclass(frozen=True, slots=True)
class StatementFinding:
    """Something a person must know about the whole file; ``statement.finding.<code>`` in the catalogue."""

    code: str
    params: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement read to its end."""

    head: StatementHead
    rows: Sequence[StatementRow]
    stated: tuple[StatedTotal, ...]
    findings: tuple[StatementFinding, ...]
    counted: tuple[StatedTotal, ...] = ()
    """The rows of each direction, counted and added, whatever the file tells of itself."""

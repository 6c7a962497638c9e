"""The accounts as a list by tier: whoever was paid stands under who paid it most."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtGui import QFontMetrics

from desktop.domain.flow.sheet import FlowAccount, FlowSheet
from desktop.domain.money.money_flow import TracingMethod
from desktop.ui.flow.texts import FlowTexts
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.text.amounts import yuan
from desktop.ui.shared.widgets.tables.listing import Listing
from desktop.ui.shared.widgets.tables.rows_model import Keeps, TableColumn

_INDENT = "\N{EN SPACE}"
_WIDTHS = {
    "name": 80, "tier": 76, "in": 92, "out": 92, "rest": 98, "stay": 98, "marks": 136,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class TierRow:
    """An account at its depth. ``rest_fen``: traced money that lies there by the chosen method."""

    account: FlowAccount
    depth: int
    rest_fen: int


class TierTable(Listing[TierRow]):
    """Rows are known by the account's key."""

    def __init__(self, kit: Kit, texts: FlowTexts) -> None:
        self._texts = texts
        self._sheet: FlowSheet | None = None
        columns: tuple[TableColumn[TierRow], ...] = (
            TableColumn("account", "flow.account", self._account, digits=True, keeps=Keeps.END),
            TableColumn("name", "flow.holder", _name),
            TableColumn("tier", "flow.tier", self._tier),
            TableColumn("in", "flow.in", _in, align_right=True, digits=True),
            TableColumn("out", "flow.out", _out, align_right=True, digits=True),
            TableColumn("rest", "flow.rest", _rest, align_right=True, digits=True),
            TableColumn("stay", "flow.stay.title", self._dwell_time),
            TableColumn("marks", "flow.marks", self._marks),
        )
        super().__init__(kit, "flow_tiers", "flow.view.tiers", columns, _key, _WIDTHS)
        self.verticalHeader().setDefaultSectionSize(kit.theme.space("control"))

    def show_sheet(self, sheet: FlowSheet, method: TracingMethod) -> None:
        """Show the accounts with what rests in them by a method."""
        self._sheet = sheet
        rests = {rest.account: rest.fen for rest in sheet.methods[method].trace.rests}
        rows = tuple(_rows(sheet, rests))
        self._make_room(rows)
        self.show_rows(rows)
        self.viewport().update()

    def _make_room(self, rows: Sequence[TierRow]) -> None:
        """A sum is never cut short."""
        metrics = QFontMetrics(self._kit.theme.font("digits"))
        padding = 2 * self._kit.theme.space("space_m")
        for name, text_of in (("in", _in), ("out", _out), ("rest", _rest)):
            place = next(n for n, column in enumerate(self.rows.columns) if column.name == name)
            longest = max((metrics.horizontalAdvance(text_of(row)) for row in rows), default=0)
            self.setColumnWidth(place, max(_WIDTHS[name], longest + padding))

    def _account(self, row: TierRow) -> str:
        return _INDENT * row.depth + self._texts.whole(row.account)

    def _tier(self, row: TierRow) -> str:
        account = row.account
        return self._texts.tier(account.tier) if account.followed else self._texts.text("stay.none")

    def _dwell_time(self, row: TierRow) -> str:
        return self._texts.dwell_time(row.account.median_dwell_time)

    def _marks(self, row: TierRow) -> str:
        if self._sheet is None:
            return ""
        marks = [mark.text for mark in self._texts.marks(row.account, self._sheet)]
        state, _ink = self._texts.state(row.account, self._sheet)
        return " · ".join(dict.fromkeys(filter(None, (state, *marks))))


def _rows(sheet: FlowSheet, rests: Mapping[str, int]) -> Iterator[TierRow]:
    """Depth first, the largest sum first; each account once, under the account that paid it most."""
    parents = _parents(sheet)
    below: dict[str, list[str]] = {}
    for key, parent in parents.items():
        below.setdefault(parent, []).append(key)
    stack = [
        (key, 0) for key in _by_sum(sheet, (key for key in sheet.accounts if key not in parents))
    ]
    seen: set[str] = set()
    while stack:
        key, depth = stack.pop(0)
        if key in seen:
            continue
        seen.add(key)
        yield TierRow(sheet.accounts[key], depth, rests.get(key, 0))
        stack = [(child, depth + 1) for child in _by_sum(sheet, below.get(key, ()))] + stack


def _parents(sheet: FlowSheet) -> dict[str, str]:
    """Account → who of the tier before paid it most."""
    sums: dict[tuple[str, str], int] = {}
    for flow in sheet.moves:
        ends = flow.move.payer, flow.move.payee
        if sheet.accounts[ends[0]].tier < sheet.accounts[ends[1]].tier:
            sums[ends] = sums.get(ends, 0) + flow.move.amount_fen
    return {payee: payer for payer, payee in sorted(sums, key=lambda ends: (sums[ends], ends))}


def _by_sum(sheet: FlowSheet, keys: Iterable[str]) -> list[str]:
    return sorted(
        keys, key=lambda key: (-max(sheet.accounts[key].in_fen, sheet.accounts[key].out_fen), key)
    )


def _name(row: TierRow) -> str:
    return row.account.name


def _in(row: TierRow) -> str:
    return yuan(row.account.in_fen) if row.account.in_fen else ""


def _out(row: TierRow) -> str:
    return yuan(row.account.out_fen) if row.account.out_fen else ""


def _rest(row: TierRow) -> str:
    return yuan(row.rest_fen) if row.rest_fen else ""


def _key(row: TierRow) -> str:
    return row.account.key

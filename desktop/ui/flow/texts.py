"""Accounts of a flow in words: names on nodes, marks, the heads of columns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from desktop.domain.case_file.orders.account_orders import AccountState
from desktop.domain.flow.sheet import FlowAccount, FlowSheet
from desktop.domain.masking import masked_account
from desktop.domain.money.dispositions import Disposition
from desktop.domain.money.money_flow import CashOutKind, TracingMethod
from desktop.domain.reference.bank_names import short_bank
from desktop.ui.flow.graph import HELD, FlowGraph, Node
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.text.amounts import yuan
from desktop.ui.shared.text.datetime_text import show_local

_HELD_NODES = {key: disposition for disposition, key in HELD.items()}
_INKS = {
    AccountState.ASKED: "blue",
    AccountState.TOLD: "text_muted",
    AccountState.FAILED: "red",
    AccountState.NOTHING: "amber",
}
_TAIL = 4


@dataclass(frozen=True, slots=True)
class AccountChip:
    """A chip beside an account."""

    text: str
    tone: Tone


class FlowTexts:
    """``revealed``: whether numbers are shown in full."""

    def __init__(self, kit: Kit) -> None:
        self._kit = kit
        self.revealed = False

    def text(self, key: str, **params: str | int) -> str:
        """Words of the area ``flow``."""
        return self._kit.texts.text(f"flow.{key}", **params)

    def table(self, name: str) -> str:
        """Words of the table that is written for spreadsheets."""
        return self.text(f"table.{name}")

    def node(self, node: Node) -> str:
        """The first line beside a node: as short as it can be told from others."""
        if node.account is None:
            return self.disposition(_HELD_NODES[node.key])
        return self.short(node.account)

    def short(self, account: FlowAccount) -> str:
        """``农业银行 8994``; a name where there is no number."""
        if account.victim and account.name:
            return account.name
        if account.number:
            bank = short_bank(account.bank) or account.name
            return " ".join(filter(None, (bank, account.number[-_TAIL:])))
        return account.name or account.bank or self.text("unnamed")

    def end(self, account: FlowAccount) -> str:
        """``8994``: the account beside another one on one line."""
        return account.number[-_TAIL:] or account.name or self.text("unnamed")

    def whole(self, account: FlowAccount) -> str:
        """Bank and number, masked or not."""
        number = account.number if self.revealed else masked_account(account.number)
        shown = " ".join(filter(None, (short_bank(account.bank), number)))
        return shown or account.name or self.text("unnamed")

    def disposition(self, disposition: Disposition) -> str:
        """One row of the conservation table."""
        return self.text(f"disposition.{disposition.value}")

    def method(self, method: TracingMethod) -> str:
        """The name of a method."""
        return self.text(f"method.{method.value}")

    def tier(self, number: int) -> str:
        """``一级账户``."""
        if number == 0:
            return self.text("column.victims")
        names = self.text("column.numbers").split()
        name = names[number - 1] if number <= len(names) else str(number)
        return self.text("column.tier", tier=name)

    def columns(self, graph: FlowGraph) -> tuple[str, ...]:
        """The heads of the drawing's columns."""
        count = len(graph.columns)
        heads = [self.tier(number) for number in range(count)]
        if graph.cash_outs:
            heads[-1] = self.text("column.out")
        return tuple(heads)

    def marks(self, account: FlowAccount, sheet: FlowSheet) -> tuple[AccountChip, ...]:
        """What is to be known of an account at a glance."""
        key, patterns = account.key, sheet.patterns
        common = {one.account for one in patterns.common}
        vanished = {
            marks_of_time.account for marks_of_time in patterns.vanished if not account.victim
        }
        new = {marks_of_time.account for marks_of_time in patterns.appeared if not account.victim}
        appeared = new if patterns.vanished else set[str]()
        gathered = (
            ("fan_in", Tone.BAD, any(fan.account == key for fan in patterns.fan_in)),
            ("fan_out", Tone.WARN, any(fan.account == key for fan in patterns.fan_out)),
            (
                "fast",
                Tone.WARN,
                any(dwell_time.account == key for dwell_time in patterns.fast_through),
            ),
            ("cycle", Tone.WARN, any(key in cycle.accounts for cycle in patterns.cycles)),
            ("common", Tone.INFO, not account.victim and key in common),
            ("appeared", Tone.WARN, key in appeared),
            ("vanished", Tone.NEUTRAL, key in vanished),
        )
        marks_of_time = (
            AccountChip(self.text(f"mark.{name}"), tone) for name, tone, holds in gathered if holds
        )
        return (*self._outcome_chips(account), *marks_of_time)

    def _outcome_chips(self, account: FlowAccount) -> Iterator[AccountChip]:
        if account.cash_out is not None:
            yield AccountChip(self.text(f"exit.{account.cash_out.value}"), Tone.BAD)
        if account.frozen_fen:
            yield AccountChip(self.disposition(Disposition.FROZEN), Tone.OK)
        elif account.held_fen:
            yield AccountChip(self.disposition(Disposition.HELD), Tone.OK)

    def state(self, account: FlowAccount, sheet: FlowSheet) -> tuple[str, str]:
        """(what was ordered about an account, its colour); nothing of a victim, nor of a way out nobody can order
        about."""
        state = sheet.ordered(account.key).state
        if account.victim or (state is AccountState.NOTHING and not account.number):
            return "", ""
        if state is AccountState.NOTHING and account.cash_out is CashOutKind.CASH:
            return "", ""
        if state not in {AccountState.FROZEN, AccountState.STOPPED}:
            return self.text(f"state.{state.value}"), _INKS[state]
        return self._measured(account, sheet)

    def _measured(self, account: FlowAccount, sheet: FlowSheet) -> tuple[str, str]:
        """What measures hold of an account: green where all of it is held, amber with the sum where some is not, red
        where none of them runs any more."""
        sums = sheet.methods[TracingMethod.FIFO].places.of_account(account.key, sheet.at)
        held = Disposition.FROZEN if account.frozen_fen else Disposition.HELD
        if not account.held_fen:
            return self.disposition(Disposition.LAPSED), "red"
        if sums.stopped_fen < sums.loss_fen:
            return f"{self.disposition(held)} {yuan(account.held_fen)}", "amber"
        return self.disposition(held), "green"

    def scope(self, sheet: FlowSheet) -> str:
        """How far clocks may differ; and the window, with what it leaves out, where there is one."""
        scope = self.text("tolerance", minutes=sheet.tolerance // 60)
        if sheet.unreckoned:
            left = self.text("unreckoned", count=sheet.unreckoned)
            scope = f"{left}　{scope}"
        since, until = sheet.scope.since, sheet.scope.until
        if since is None and until is None:
            return scope
        ends = [show_local(at, self._kit.zone)[:16] if at else "…" for at in (since, until)]
        window = self.text("scope.window", since=ends[0], until=ends[1], left_out=sheet.left_out)
        return f"{window}　{scope}"

    def dwell_time(self, seconds: int | None) -> str:
        """``3 分 40 秒``; empty while unknown."""
        if seconds is None:
            return self.text("stay.none")
        minutes, rest = divmod(seconds, 60)
        hours, minutes = divmod(minutes, 60)
        if hours:
            return self.text("stay.hours", hours=hours, minutes=minutes)
        return self.text("stay.minutes", minutes=minutes, seconds=rest)

    def money(self, fen: int) -> str:
        """``¥ 98,000``; a dash for nothing."""
        return f"¥ {yuan(fen)}" if fen else self.text("stay.none")

"""What is known of the chosen account: sums, holds, its payments, and whose the held money is."""

from __future__ import annotations

from dataclasses import replace
from itertools import zip_longest

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.domain.flow.sheet import FlowAccount, FlowSheet, of_case
from desktop.domain.money.money_flow import TracingMethod
from desktop.ui.flow.lines import FlowLine, PaymentLines
from desktop.ui.flow.texts import FlowTexts
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.orders.order_texts import kind_text, state_text, state_tone
from desktop.ui.shared.text.amounts import yuan
from desktop.ui.shared.text.datetime_text import show_local
from desktop.ui.shared.widgets.layout.card import Card, Column, KeyValues, Row
from desktop.ui.shared.widgets.tables.listing import Listing
from desktop.ui.shared.widgets.tables.rows_model import TableColumn
from desktop.ui.shared.widgets.texts.label import Chip, ElidedLabel, Label

_MOST_CHIPS = 3


class DetailCard(QWidget):
    """Two cards: the account, and a list that Enter leads on from."""

    def __init__(self, kit: Kit, texts: FlowTexts) -> None:
        super().__init__()
        self._kit = kit
        self._texts = texts
        self.title = ElidedLabel(kit, role="strong")
        self._holder = ElidedLabel(kit, ink="muted")
        self._chip_place = QWidget()
        chips = Row(kit, self._chip_place, gap="space_xs")
        self._chips = [Chip(kit) for _ in range(_MOST_CHIPS)]
        for chip in self._chips:
            chips.addWidget(chip)
        chips.addStretch(1)
        facts = KeyValues(kit)
        self._in = facts.add_row("flow.in", role="digits")
        self._out = facts.add_row("flow.out", role="digits")
        self._rest = facts.add_row("flow.rest", role="digits")
        self._held = facts.add_row("flow.held", role="digits")
        self._dwell_time = facts.add_row("flow.stay.title")
        about = Card(kit)
        about.body.addWidget(self.title)
        about.body.addWidget(self._holder)
        about.body.addWidget(self._chip_place)
        about.body.addWidget(facts)
        self.order_buttons = about.body
        """Where buttons for the account go."""
        self.lines = Listing[FlowLine](
            kit, "flow_lines", "flow.lines.payments", _columns(), _key, {}, whole=("amount",)
        )
        self.lines.verticalHeader().setDefaultSectionSize(
            kit.theme.space("control_compact") + kit.theme.space("space_xxs")
        )
        self.list_title = Label(kit, role="section")
        listing = Card(kit)
        listing.body.addWidget(self.list_title)
        listing.body.addWidget(self.lines)
        column: QVBoxLayout = Column(kit, self, gap="card_gap")
        column.addWidget(about)
        column.addWidget(listing, 1)
        self._name_lines("flow.lines.payments")

    def show_account(self, sheet: FlowSheet, method: TracingMethod, account: FlowAccount) -> None:
        """Show what is known of an account by a method."""
        words = self._texts
        self.title.set_text(words.whole(account))
        self._holder.set_text(account.name)
        self._holder.setVisible(bool(account.name) and account.name != words.whole(account))
        rests = {rest.account: rest.fen for rest in sheet.methods[method].trace.rests}
        self._in.set_text(words.money(account.in_fen))
        self._out.set_text(words.money(account.out_fen))
        self._rest.set_text(words.money(rests.get(account.key, 0)))
        self._held.set_text(words.money(account.held_fen))
        self._held.set_tone(Tone.OK if account.held_fen else Tone.NEUTRAL)
        self._dwell_time.set_text(words.dwell_time(account.median_dwell_time))
        self._show_chips(sheet, account)
        if account.victim:
            self._name_lines("flow.lines.rests", name=account.name or words.text("unnamed"))
            self.lines.show_rows(self._rests(sheet, method, account))
        else:
            self._name_lines("flow.lines.payments")
            lines = PaymentLines(words, self._kit.zone, sheet, account)
            self.lines.show_rows(
                (
                    *self._orders(sheet, account),
                    *lines.findings(),
                    *self._shares(sheet, method, account),
                    *lines.payments(),
                )
            )

    def _name_lines(self, key: str, **params: str) -> None:
        self.list_title.set_key(key, **params)
        self._kit.texts.bind(self.lines.setAccessibleName, key, **params)

    def _show_chips(self, sheet: FlowSheet, account: FlowAccount) -> None:
        marks = self._texts.marks(account, sheet)
        for chip, mark in zip_longest(self._chips, marks[: len(self._chips)]):
            chip.setVisible(mark is not None)
            if mark is not None:
                chip.set_text(mark.text)
                chip.set_tone(mark.tone)
        self._chip_place.setVisible(bool(marks))

    def _rests(
        self, sheet: FlowSheet, method: TracingMethod, victim: FlowAccount
    ) -> tuple[FlowLine, ...]:
        """Where the victim's money rests now, the largest sum first."""
        cases = {
            case
            for origin, case in sheet.origins.items()
            for flow in sheet.moves
            if flow.move.id == origin and flow.move.payer == victim.key
        }
        lines = []
        for rest in sheet.methods[method].trace.rests:
            fen = sum(of_case(rest.shares, sheet.origins, case) for case in cases)
            account = sheet.accounts[rest.account]
            if fen:
                tone = Tone.OK if account.held_fen else Tone.BAD if account.cash_out else None
                lines.append(
                    (
                        fen,
                        FlowLine(
                            rest.account, yuan(fen), self._texts.short(account), rest.account, tone
                        ),
                    )
                )
        return tuple(line for _, line in sorted(lines, key=lambda pair: -pair[0]))

    def _orders(self, sheet: FlowSheet, account: FlowAccount) -> list[FlowLine]:
        """What was ordered about it, newest first; Enter leads to what may be done next. Of several cases each order is
        told by its victim."""
        lines, several = [], len(sheet.cases) > 1
        for view in sheet.ordered(account.key).views:
            kind, state = kind_text(self._kit, view), state_text(self._kit, view)
            at = show_local(view.order.issued_at, self._kit.zone)
            tip = f"{at}  {view.order.number}  {view.victim}  {kind} · {state}"
            reply = view.order.reply
            held = yuan(reply.amount_fen) if reply is not None and reply.amount_fen else ""
            what = f"{view.victim if several else kind} · {state}"
            lines.append(
                FlowLine(f"order/{view.order.id}", held, what, "", state_tone(view), tip, view)
            )
        return lines

    def _shares(
        self, sheet: FlowSheet, method: TracingMethod, account: FlowAccount
    ) -> list[FlowLine]:
        """Refund shares of what is held, by tracing; by loss beside it."""
        lines = []
        for share in sheet.methods[method].shares.get(account.key, ()):
            name = sheet.cases.get(share.case, "")
            for key, fen in (("share", share.traced_fen), ("by_loss", share.by_loss_fen)):
                if key == "share" or fen != share.traced_fen:
                    what = self._texts.text(f"lines.{key}", name=name)
                    tip = self._texts.text("lines.share_tip")
                    line = FlowLine(f"{key}/{share.case}", yuan(fen), what, "", Tone.OK, tip)
                    lines.append(replace(line, refund=share.case))
        return lines


def _columns() -> tuple[TableColumn[FlowLine], ...]:
    return (
        TableColumn("what", "flow.lines.what", _what, tone=_tone, tip=_tip),
        TableColumn("amount", "flow.lines.amount", _amount, align_right=True, digits=True),
    )


def _key(line: FlowLine) -> str:
    return line.key


def _what(line: FlowLine) -> str:
    return line.what


def _tip(line: FlowLine) -> str:
    return line.tip or line.what


def _amount(line: FlowLine) -> str:
    return line.amount


def _tone(line: FlowLine) -> Tone | None:
    return line.tone

"""The chosen target: what is known and who says so, what is asked, what is missing and the step that finds it out."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.case_file.orders.account_orders import AccountState
from desktop.domain.case_file.views import OrderView
from desktop.domain.cases.people.person import PersonTie, TieKind, TypedTie
from desktop.domain.ids import PersonId
from desktop.domain.masking import masked_account, masked_id, masked_phone, masked_text
from desktop.domain.orders.order import WAITING, OrderState
from desktop.domain.reference.bank_names import short_bank
from desktop.domain.series.people_sheet import (
    Missing,
    PeopleSheet,
    PersonDecision,
    PersonTarget,
    TargetState,
    Thing,
)
from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Tone
from desktop.ui.shared.orders.order_texts import kind_text, state_text, state_tone
from desktop.ui.shared.text.amounts import yuan
from desktop.ui.shared.text.datetime_text import show_local
from desktop.ui.shared.widgets.input.button import Button, Size, Variant
from desktop.ui.shared.widgets.layout.card import Card, Column, KeyValues, Row
from desktop.ui.shared.widgets.tables.listing import Listing
from desktop.ui.shared.widgets.tables.rows_model import TableColumn
from desktop.ui.shared.widgets.texts.label import Chip, ElidedLabel, Label

STATES = {
    TargetState.CONFIRMED: Tone.OK,
    TargetState.PROPOSED: Tone.WARN,
    TargetState.UNKNOWN: Tone.NEUTRAL,
}
_TAIL = 4
_ORDERED = {
    AccountState.FROZEN: Tone.OK,
    AccountState.STOPPED: Tone.OK,
    AccountState.ASKED: Tone.INFO,
    AccountState.FAILED: Tone.BAD,
    AccountState.NOTHING: Tone.WARN,
}


class PeopleTexts:
    """``revealed``: whether personal numbers are shown in full."""

    def __init__(self, kit: Kit) -> None:
        self._kit = kit
        self.revealed = False

    def text(self, key: str, **params: str | int) -> str:
        """Words of the area ``people``."""
        return self._kit.texts.text(f"people.{key}", **params)

    def name(self, target: PersonTarget) -> str:
        """Who it is, as far as anybody knows."""
        return target.name or self.text("nobody")

    def joined(self, target: PersonTarget, decision: PersonDecision) -> str:
        """The two that were told to be one, each by name and the end of the account: ``马三 8996 = 马三 5702``."""
        ties = target.person.ties if target.person is not None else ()
        names = (
            " ".join(filter(None, (tie.typed.name, tie.typed.value[-_TAIL:])))
            for tie in ties
            if tie.id in decision.ties
        )
        return self.text("same.said", name=" = ".join(names) or self.name(target))

    def roles(self, target: PersonTarget) -> str:
        """Every role, or what is proposed."""
        if target.person is not None:
            names = [self.text(f"role.{role.value}") for role in target.person.roles]
            return self.text("comma").join(names)
        if target.proposal is not None:
            return self.text(f"role.{target.proposal.first.role.value}")
        kind = target.things[0].kind if target.things else TieKind.CASE
        return self.text(f"unknown.{kind.value}")

    def identity(self, target: PersonTarget) -> str:
        """The number of identity, masked or not; empty where nobody knows it."""
        number = target.id_number
        return number if self.revealed else masked_id(number)

    def thing(self, thing: Thing) -> str:
        """``招商银行 6222…5702``."""
        return self.value(thing.kind, thing.number, thing.bank)

    def short(self, thing: Thing) -> str:
        """``招商银行 5702``: enough to tell it from the others of a target."""
        return " ".join(part for part in (short_bank(thing.bank), thing.number[-_TAIL:]) if part)

    def note(self, text: str) -> str:
        """What an officer wrote beside it, masked or not."""
        return text if self.revealed else masked_text(text)

    def value(self, kind: TieKind, number: str, bank: str = "") -> str:
        """The same of what is not looked at yet."""
        mask = masked_phone if kind is TieKind.PHONE else masked_account
        shown = number if self.revealed else mask(number)
        return " ".join(part for part in (short_bank(bank), shown) if part)

    def things(self, target: PersonTarget) -> str:
        """The first, and how many more."""
        if not target.things:
            return ""
        first, more = self.thing(target.things[0]), len(target.things) - 1
        if not more:
            return first
        return self.text("and_more", first=first, total=more + 1)

    def state(self, target: PersonTarget) -> str:
        """Whether an officer confirmed it."""
        return self.text(f"state.{target.state.value}")

    def ordered(self, thing: Thing) -> str:
        """What was ordered about an account; what was asked about a number."""
        state = thing.orders.state
        if thing.kind is TieKind.PHONE and state in {AccountState.NOTHING, AccountState.TOLD}:
            return self.text("phone.told" if thing.orders.views else "phone.nothing")
        return self._kit.texts.text(f"flow.state.{state.value}")

    def ordered_tone(self, thing: Thing) -> Tone | None:
        """Its colour."""
        return _ORDERED.get(thing.orders.state) if thing.kind is TieKind.ACCOUNT else None

    def lack(self, missing: Missing) -> str:
        """What is missing, as the next step."""
        return self.text(f"lack.{missing.lack.value}")

    def next_step(self, target: PersonTarget) -> str:
        """The first of what is missing; to confirm comes before everything that can wait."""
        if target.state is TargetState.PROPOSED and (
            not target.missing or target.missing[0].lack.value != "stop"
        ):
            return self.text("action.confirm")
        return self.lack(target.missing[0]) if target.missing else self.text("lack.none")

    def source(self, typed: TypedTie, sheet: PeopleSheet) -> str:
        """Who says so and how sure: ``反馈 GA…Z2 · 凭证``."""
        number = ""
        kind, _, key = typed.ref.partition("/")
        if kind == "order":
            views = (v for orders in sheet.flow.orders.values() for v in orders.views)
            number = next((v.order.number for v in views if v.order.id == key), "")
        sure = self._kit.texts.text(f"intake.certainty.{typed.certainty.value}")
        source = self.text(f"source.{typed.source.value}")
        return " · ".join(part for part in (f"{source} {number}".strip(), sure) if part)

    def taken_in(self, tie: PersonTie) -> str:
        """Which officer, when."""
        at = show_local(tie.at, self._kit.zone)[:16]
        return self.text("taken_in", officer=tie.by, at=at)


_MOST = 3
"""Next steps that have a button of their own; the rest stands in the list."""
"""Signs that tell one account of a person from another."""


@dataclass(frozen=True, slots=True)
class TargetLine:
    """One line: what it is and who says so, or what came of it."""

    key: str
    what: str
    more: str
    tone: Tone | None = None
    tip: str = ""
    tie: PersonId | None = None
    order: OrderView | None = None
    missing: Missing | None = None


class TargetCard(QWidget):
    """``step_wanted(Missing)`` and ``order_wanted(OrderView)``: Enter on a line, or a button."""

    step_wanted = Signal(object)
    order_wanted = Signal(object)

    def __init__(self, kit: Kit, texts: PeopleTexts) -> None:
        super().__init__()
        self._kit, self._texts = kit, texts
        self.title = ElidedLabel(kit, role="strong")
        self.chip = Chip(kit)
        facts = KeyValues(kit)
        self._identity = facts.add_row("people.fact.identity", role="digits")
        self._cases = facts.add_row("people.fact.cases")
        self._in = facts.add_row("people.fact.in", role="digits")
        self._held = facts.add_row("people.fact.held", role="digits")
        self._note = Label(kit, role="small", ink="amber", wrap=True)
        self._note.setObjectName("people_note")
        about = Card(kit)
        head = Row(kit)
        head.addWidget(self.title, 1)
        head.addWidget(self.chip)
        about.body.addLayout(head)
        about.body.addWidget(facts)
        about.body.addWidget(self._note)
        about.body.addWidget(self._steps_row())
        columns: tuple[TableColumn[TargetLine], ...] = (
            TableColumn("what", "people.line.what", _what, tip=_tip, digits=True),
            TableColumn("more", "people.line.more", _more, tone=_tone, tip=_tip),
        )
        self.lines = Listing[TargetLine](
            kit, "people_lines", "people.line.title", columns, _key, {"more": 172}
        )
        self.lines.verticalHeader().setDefaultSectionSize(
            kit.theme.space("control_compact") + kit.theme.space("space_xxs")
        )
        listing = Card(kit, "people.line.title")
        listing.body.addWidget(self.lines)
        column = Column(kit, self, gap="card_gap")
        column.addWidget(about)
        column.addWidget(listing, 1)
        self.lines.activated_row.connect(self._follow)

    def show_target(self, sheet: PeopleSheet, target: PersonTarget) -> None:
        """Show one."""
        words = self._texts
        self.title.set_text(f"{words.name(target)}　{words.roles(target)}")
        self.chip.set_text(words.state(target))
        self.chip.set_tone(STATES[target.state])
        self._identity.set_text(words.identity(target) or words.text("unknown.identity"))
        numbers = [sheet.numbers.get(case, "") for case in target.cases]
        self._cases.set_text(words.text("fact.case_count", count=len(numbers)))
        self._cases.setToolTip("\n".join(numbers))
        self._in.set_text(f"¥ {yuan(target.in_fen)}" if target.in_fen else "—")
        self._held.set_text(f"¥ {yuan(target.held_fen)}" if target.held_fen else "—")
        self._held.set_tone(Tone.OK if target.held_fen else Tone.NEUTRAL)
        notes = self._notes(target)
        self._note.set_text("\n".join(notes))
        self._note.setVisible(bool(notes))
        self._show_steps(target)
        self.lines.show_rows(
            (
                *self._known(sheet, target),
                *self._asked(target),
                *self._missing(target),
            )
        )

    def _steps_row(self) -> QWidget:
        place = QWidget()
        row = Row(self._kit, place, gap="space_xs")
        self._steps = [self._step_button(number) for number in range(_MOST)]
        for button in self._steps:
            row.addWidget(button)
        row.addStretch(1)
        return place

    def _step_button(self, number: int) -> Button:
        button = Button(self._kit, "", size=Size.COMPACT, name=f"people_step_{number}")
        button.clicked.connect(self._step)
        return button

    def _step(self) -> None:
        button = self.sender()
        steps = [line for line in self.lines.rows.rows if line.missing is not None]
        orders = [line.missing for line in steps if line.missing and line.missing.kind is not None]
        place = self._steps.index(button) if button in self._steps else -1
        if 0 <= place < len(orders):
            self.step_wanted.emit(orders[place])

    def _show_steps(self, target: PersonTarget) -> None:
        steps = [item for item in target.missing if item.kind is not None]
        lacks = [item.lack for item in steps]
        for place, button in enumerate(self._steps):
            button.setVisible(place < len(steps))
            if place < len(steps):
                lacking = self._texts.lack(steps[place])
                several = lacks.count(lacks[place]) > 1
                button.set_text(f"{lacking} {steps[place].thing[-_TAIL:]}" if several else lacking)
                urgent = steps[place].lack.value == "stop"
                button.set_variant(Variant.DANGER if urgent else Variant.PLAIN)

    def _notes(self, target: PersonTarget) -> list[str]:
        words, found = self._texts, []
        if target.others:
            names = words.text("comma").join(target.others)
            found.append(words.text("note.others", names=names))
        if target.alike:
            found.append(words.text("note.alike", count=len(target.alike)))
        if target.elsewhere:
            numbers = words.text("comma").join(item.number for item in target.elsewhere[:_MOST])
            found.append(words.text("note.elsewhere", numbers=numbers))
        return found

    def _known(self, sheet: PeopleSheet, target: PersonTarget) -> list[TargetLine]:
        words = self._texts
        if target.person is None:
            ties = target.proposal.ties if target.proposal is not None else ()
            known = [
                TargetLine(f"told/{place}", self._tie_text(tie), words.source(tie, sheet))
                for place, tie in enumerate(ties)
            ]
            return known or [self._thing_line(thing) for thing in target.things]
        lines = [self._thing_line(thing) for thing in target.things]
        for tie in target.person.ties:
            own = tie.typed if tie.typed.name != target.name else replace(tie.typed, name="")
            what = f"{words.text(f'role.{tie.typed.role.value}')}　{self._tie_text(own)}"
            tip = "\n".join(
                part
                for part in (
                    what,
                    words.source(tie.typed, sheet),
                    words.taken_in(tie),
                    words.note(tie.typed.note),
                )
                if part
            )
            lines.append(
                TargetLine(f"tie/{tie.id}", what, words.source(tie.typed, sheet), None, tip, tie.id)
            )
        return lines

    def _thing_line(self, thing: Thing) -> TargetLine:
        words = self._texts
        return TargetLine(
            f"thing/{thing.key}", words.thing(thing), words.ordered(thing),
            words.ordered_tone(thing),
        )  # fmt: skip

    def _tie_text(self, tie: TypedTie) -> str:
        words = self._texts
        value = words.value(tie.kind, tie.value, tie.bank) if tie.kind is not TieKind.CASE else ""
        return "　".join(part for part in (tie.name, value or words.note(tie.note)) if part)

    def _asked(self, target: PersonTarget) -> list[TargetLine]:
        lines = []
        for thing in target.things:
            for view in thing.orders.views:
                waits = view.state in WAITING or view.state is OrderState.PROPOSED
                what = kind_text(self._kit, view)
                key = "asked" if waits else "answered"
                lines.append(
                    TargetLine(
                        f"order/{view.order.id}", self._texts.text(f"line.{key}", what=what),
                        state_text(self._kit, view), state_tone(view), view.order.number,
                        order=view,
                    )
                )  # fmt: skip
        return lines

    def _missing(self, target: PersonTarget) -> list[TargetLine]:
        things = {thing.key: thing for thing in target.things}
        return [
            TargetLine(
                f"missing/{item.lack.value}/{item.thing}",
                self._texts.text("line.missing", what=self._texts.lack(item)),
                self._texts.short(things[item.thing]) if item.thing in things else "",
                Tone.WARN, missing=item,
            )
            for item in target.missing
        ]  # fmt: skip

    def _follow(self, line: object) -> None:
        if not isinstance(line, TargetLine):
            return
        if line.missing is not None and line.missing.kind is not None:
            self.step_wanted.emit(line.missing)
        elif line.order is not None:
            self.order_wanted.emit(line.order)


def _key(line: TargetLine) -> str:
    return line.key


def _what(line: TargetLine) -> str:
    return line.what


def _more(line: TargetLine) -> str:
    return line.more


def _tip(line: TargetLine) -> str:
    return line.tip or f"{line.what}　{line.more}"


def _tone(line: TargetLine) -> Tone | None:
    return line.tone

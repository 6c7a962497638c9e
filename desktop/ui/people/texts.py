"""Targets in words: who, what they hold, who says so, and what is missing."""

from __future__ import annotations

from desktop.domain.case_file.account_orders import AccountState
from desktop.domain.cases.person import PersonTie, TieKind, TypedTie
from desktop.domain.masking import masked_account, masked_id, masked_phone, masked_text
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
from desktop.ui.shared.text.datetime_text import show_local

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

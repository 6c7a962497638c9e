"""What is on the intake screen: texts exactly as typed, complete or not.

A draft keeps raw text because a half-typed account number is worth saving too. Services turn it into facts when
the officer registers the report or issues the first order.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from typing import Any

from desktop.domain.cases.people.party import PartyText
from desktop.domain.cases.people.victim import VictimText
from desktop.domain.records.fields import Json


@dataclass(frozen=True, slots=True)
class TransferText:
    """One transfer as typed. ``time`` is local wall time ``YYYY-MM-DD HH:MM:SS``; ``id`` is set at creation so
    that a draft, the order issued from it and the registered report speak of the same transfer."""

    id: str
    time: str = ""
    amount: str = ""
    channel: str = ""
    arrival: str = ""
    payer_name: str = ""
    payer_account: str = ""
    payer_bank: str = ""
    payee_name: str = ""
    payee_account: str = ""
    payee_bank: str = ""
    order_number: str = ""
    serial: str = ""
    certainty: tuple[tuple[str, str], ...] = ()
    payee_masked: str = ""
    """The payee's number as the receipt showed it, once a whole number stands in its place."""
    returned: str = ""
    """What came back of it, in yuan."""
    attempted: str = ""
    """The mark of a tick when it failed or was revoked."""
    origin: str = ""
    """Where in an item of evidence it was read; see :class:`~desktop.domain.evidence.place.EvidencePlace`."""
    way_kind: str = ""
    """How it left, and below what only that way has; see :class:`~desktop.domain.cases.payments.way.PaymentWay`."""
    way_coin: str = ""
    way_chain: str = ""
    way_hash: str = ""
    way_goods: str = ""
    way_handover: str = ""
    way_driver: str = ""
    way_plate: str = ""
    way_place: str = ""
    way_code: str = ""
    way_used: str = ""
    way_swift: str = ""
    way_currency: str = ""
    way_foreign_amount: str = ""

    def is_blank(self) -> bool:
        """Nothing that identifies a payment was typed yet."""
        return not any((self.time, self.amount, self.payee_account, self.order_number, self.serial))


@dataclass(frozen=True, slots=True)
class IdentifierText:
    """One 涉诈线索 as typed."""

    id: str
    kind: str
    value: str
    note: str = ""
    certainty: str = ""
    """A value of :class:`~desktop.domain.cases.payments.transfer.Certainty`; empty when nobody said."""
    source: str = ""
    origin: str = ""
    """As of a transfer; ``source`` says it in words."""


@dataclass(frozen=True, slots=True)
class ReadAloudText:
    """A number a second person read aloud before the report was registered; ``at`` is RFC 3339 text."""

    id: str
    number: str
    reader: str
    officer: str
    at: str


@dataclass(frozen=True, slots=True)
class IntakeForm:
    """Everything on the six pages. ``case_id`` is chosen when the draft is opened and kept when registered."""

    case_id: str
    visit: str = "report"
    victim: VictimText = field(default_factory=VictimText)
    transfers: tuple[TransferText, ...] = ()
    type: str = ""
    narrative: str = ""
    identifiers: tuple[IdentifierText, ...] = ()
    answers: tuple[tuple[str, str], ...] = ()
    flags: tuple[str, ...] = ()
    circumstances: tuple[tuple[str, str], ...] = ()
    returned: str = ""
    attempted: str = ""
    converted_from: str = ""
    """The kind of visit the form was begun as, once it became another."""
    read_aloud: tuple[ReadAloudText, ...] = ()
    removed: tuple[str, ...] = ()
    """Ids of transfers and leads that were taken out; those that were recorded leave the case when it is recorded."""
    source: str = ""
    reported_by: str = ""
    """The id of the party who reports; the victim does where it names none."""
    parties: tuple[PartyText, ...] = ()
    page: int = 0
    focus: str = ""
    """Path of the field the person was in, such as ``transfers.0.amount``; a reopened draft goes on there."""
    begun_at: str = field(default="", compare=False)
    """When the first thing was typed, in RFC 3339; the drafts keep it. Empty on a form that none of them held yet."""
    base: IntakeForm | None = field(default=None, compare=False, repr=False)
    """What the form said when the journal last said the same: what differs from it was typed here. None while nothing
    was recorded, and in drafts of older versions."""

    def recorded(self) -> IntakeForm:
        """The same form, once the journal has what it says."""
        return replace(self, base=replace(self, base=None))

    @property
    def untouched(self) -> bool:
        """Whether nothing was typed yet; what kind of visit it is does not count."""
        blank = IntakeForm(
            case_id=self.case_id,
            visit=self.visit,
            transfers=tuple(TransferText(item.id) for item in self.transfers[:1]),
            converted_from=self.converted_from,
            removed=self.removed,
            page=self.page,
            focus=self.focus,
        )
        return self == blank

    def as_visit(self, visit: str) -> IntakeForm:
        """The same facts as another kind of visit; what it was before is remembered once something was typed."""
        before = "" if self.untouched else self.converted_from or self.visit
        return replace(self, visit=visit, converted_from="" if before == visit else before)

    def to_json(self) -> dict[str, Json]:
        """Plain JSON for the draft store."""
        return asdict(self)


def form_from_json(document: dict[str, Any]) -> IntakeForm:
    """The form written by :meth:`IntakeForm.to_json`; unknown keys of a newer version are left out."""

    def known(cls: type, values: dict[str, Any]) -> dict[str, Any]:
        return {name: values[name] for name in cls.__dataclass_fields__ if name in values}  # type: ignore[attr-defined]  # dataclasses all

    def pairs(values: dict[str, Any], name: str) -> None:
        if name in values:
            values[name] = tuple((str(key), str(value)) for key, value in values[name])

    top = known(IntakeForm, document)
    pairs(top, "answers")
    pairs(top, "circumstances")
    for name in top.keys() & {"flags", "removed"}:
        top[name] = tuple(str(item) for item in top[name])
    top["victim"] = VictimText(**known(VictimText, document.get("victim", {})))
    transfers = []
    for item in document.get("transfers", ()):
        values = known(TransferText, item)
        pairs(values, "certainty")
        transfers.append(TransferText(**values))
    top["transfers"] = tuple(transfers)
    top["identifiers"] = tuple(
        IdentifierText(**known(IdentifierText, item)) for item in document.get("identifiers", ())
    )
    top["parties"] = tuple(
        PartyText(**known(PartyText, item)) for item in document.get("parties", ())
    )
    top["read_aloud"] = tuple(
        ReadAloudText(**known(ReadAloudText, item)) for item in document.get("read_aloud", ())
    )
    if isinstance(top.get("base"), dict):
        top["base"] = form_from_json(top["base"])
    return IntakeForm(**top)


@dataclass(frozen=True, slots=True)
class Draft:
    """A saved form. ``revision`` grows with every save, ``saved_at`` is RFC 3339 text; ``on_pc``: it is on this PC
    alone, and the centre's server has not got it yet."""

    form: IntakeForm
    officer: str
    saved_at: str
    revision: int
    on_pc: bool = False

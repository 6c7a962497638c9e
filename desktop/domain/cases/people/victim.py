"""The person who was cheated, as typed and as recorded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from desktop.domain.identifiers import KINDS
from desktop.domain.identifiers.labels import TELEPHONES
from desktop.domain.masking import masked_address, masked_id, masked_phone
from desktop.domain.records.field_table import FieldRow, FieldTable, Typed
from desktop.domain.records.field_types import text_of

ID_KINDS: Final = (
    "resident_id", "uscc", "passport", "hk_macau_pass", "taiwan_pass", "residence_permit", "foreign_resident",
)  # fmt: skip
"""What people and organisations are offered to identify with; a document may name any other kind of identifier."""


@dataclass(frozen=True, slots=True)
class Victim:
    """The person who was cheated. ``id_kind``: an identifier kind, usually ``resident_id``."""

    name: str = ""
    id_kind: str = "resident_id"
    id_number: str = ""
    phone: str = ""
    address: str = ""
    workplace: str = ""
    representative: str = ""
    """法定代表人, of an organisation."""
    occupation: str = ""
    """职业, in the words of the person."""


@dataclass(frozen=True, slots=True)
class VictimText(Victim):
    """Page 当事人 and the first row of page 止付要素, exactly as typed."""


VICTIM_FIELDS: Final = FieldTable(
    Victim,
    (
        FieldRow("victim.name", attribute="name", form="victim.name", typed=Typed.WORDS, label="intake.victim.name",
                 card="case.who.name", searched=True),
        FieldRow("victim.id_kind", text_of(KINDS, "resident_id"), "id_kind", "victim.id_kind",
                 Typed.CHOICE, "reporter", label="intake.victim.id_kind", codes="intake.kind", offered=ID_KINDS),
        FieldRow("victim.id_number", attribute="id_number", form="victim.id_number", typed=Typed.NUMBER,
                 kinds=("resident_id",), label="intake.victim.id_number", card="case.who.id_number",
                 mask=masked_id, searched=True),
        FieldRow("victim.phone", attribute="phone", form="victim.phone", typed=Typed.NUMBER, kinds=TELEPHONES,
                 label="intake.victim.phone", card="case.who.phone", mask=masked_phone, searched=True),
        FieldRow("victim.address", attribute="address", form="victim.address", typed=Typed.WORDS, page="reporter",
                 label="intake.victim.address", card="case.who.address", mask=masked_address, searched=True),
        FieldRow("answer.victim.workplace", attribute="workplace", form="victim.workplace", typed=Typed.WORDS,
                 page="reporter", document="victim.workplace", label="case.field.victim_workplace",
                 card="case.field.victim_workplace", printed="workplace", seldom=True),
        FieldRow("answer.victim.representative", attribute="representative", form="victim.representative",
                 typed=Typed.WORDS, page="reporter", document="victim.representative", label="party.representative",
                 card="party.representative", named="party.representative", searched=True, seldom=True),
        FieldRow("answer.victim.occupation", attribute="occupation", form="victim.occupation", typed=Typed.WORDS,
                 page="reporter", document="victim.occupation", label="case.field.victim_occupation",
                 card="case.field.victim_occupation", seldom=True),
    ),
)  # fmt: skip
"""What is known of the person, in entries about ``case/<id>``."""

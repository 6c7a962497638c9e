"""How an item of evidence was obtained, by whom, before whom: what its paper and the court ask for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from desktop.domain.records.fields import Fields, Json
from desktop.domain.records.record_fields import flat, read_flat

RECORD: Final = "record"
"""What the names of the fields begin with: ``record.holder``."""
_WITHIN: Final = f"{RECORD}."


@dataclass(frozen=True, slots=True)
class EvidenceRecord:
    """Everything about an item that is not in the file itself.

    ``what``, ``where``, ``keep``, ``fades``: answers to the four questions, codes of the guide
    (:mod:`desktop.domain.evidence.guide`). ``holder``: who holds or provided it; ``device``: brand, model, features of
    the medium. ``second``: police number or name of the other officer, ``seconded_at``: when that officer confirmed
    with their own password what is recorded, ``alone``: why there was none (程序规定 Art. 66; 法发〔2016〕22号 Art. 14:
    at least two). ``witness``, ``no_witness``: who saw it, or why nobody did (Art. 15).
    ``unsigned``: why the holder did not sign. ``category``: one of the four kinds of electronic data (法发〔2016〕22号
    Art. 1) or ``paper`` or ``device``. ``taken_at``: when the picture was taken or the data extracted. ``original``:
    where the original is kept, ``reason``: why it was not seized. ``process``: tools, path, packing, steps.
    ``proves``: subjects of the case it proves (``transfer/<id>`` …). ``shot``, ``frame``: which screen of a shot list
    it shows (:mod:`desktop.domain.evidence.photographing`), and its number on the contact sheet.
    """

    what: str = ""
    where: str = ""
    keep: str = ""
    fades: str = ""
    holder: str = ""
    device: str = ""
    second: str = ""
    alone: str = ""
    witness: str = ""
    no_witness: str = ""
    unsigned: str = ""
    category: str = ""
    format: str = ""
    taken_at: datetime | None = None
    place: str = ""
    original: str = ""
    reason: str = ""
    process: str = ""
    proves: tuple[str, ...] = ()
    shot: str = ""
    frame: int = 0
    seconded_at: datetime | None = None

    @property
    def empty(self) -> bool:
        """Whether nobody has recorded anything yet."""
        return self == NOT_RECORDED

    @property
    def answers(self) -> dict[str, str]:
        """The answers to the four questions that were given."""
        given = {"what": self.what, "where": self.where, "keep": self.keep, "fades": self.fades}
        return {name: answer for name, answer in given.items() if answer}


NOT_RECORDED: Final = EvidenceRecord()
_UNSWORN: Final[dict[str, Any]] = {"proves": (), "shot": "", "frame": 0, "seconded_at": None}
"""What only ties an item to the case or to others, and nobody confirms."""


def shared_record(record: EvidenceRecord) -> EvidenceRecord:
    """What holds as well for other items that were obtained in the same way and at the same time."""
    return replace(
        record, format="", taken_at=None, proves=(), unsigned="", shot="", frame=0, seconded_at=None
    )


def still_confirmed(old: EvidenceRecord, new: EvidenceRecord) -> bool:
    """Whether the second officer confirmed ``old``, and ``new`` says the same of how the item was obtained."""
    same = replace(old, **_UNSWORN) == replace(new, **_UNSWORN)
    return old.seconded_at is not None and same


def record_from_fields(fields: Fields) -> EvidenceRecord:
    """The record behind the fields ``record.*`` of an item; most of thousands of photographs have none."""
    if not any(name.startswith(_WITHIN) for name in fields):
        return NOT_RECORDED
    return read_flat(EvidenceRecord, fields, RECORD)


def record_changes(old: EvidenceRecord, new: EvidenceRecord) -> dict[str, Json]:
    """The journal fields that make ``new`` of ``old``; what was cleared is set to nothing, not left out."""
    if old == new:  # thousands of photographs that nobody has said anything of
        return {}
    before, after = flat(old, RECORD), flat(new, RECORD)
    changed = {name: value for name, value in after.items() if before.get(name) != value}
    for name in before.keys() - after.keys():
        changed[name] = [] if isinstance(before[name], list) else ""
    return changed

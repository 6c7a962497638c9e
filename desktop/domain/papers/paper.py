"""Papers of a case as living things: a draft follows the case, a signed one stays what it was.

Subject ``paper/<id>``. While it is a draft, only what a person wrote or left blank is kept; everything else is taken
from the case when it is drawn. At signing the finished PDF and the record of what it says go into the vault, and the
journal keeps their digests: from then on nothing about the case changes the paper. Another version replaces it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from itertools import count
from typing import Final

from desktop.domain.exchange.volumes import BlobRef
from desktop.domain.ids import PaperId
from desktop.domain.records.field_table import FieldRow, FieldTable
from desktop.domain.records.field_types import LONG_TEXT, MAYBE_TIME, TIME
from desktop.domain.records.fields import Fields, Json, mapping, number, text
from desktop.domain.time.clock import from_wire, to_wire

MAX_TEXT: Final = 200_000
"""Characters of one text: more is evidence to attach, not the wording of a form, and would not fit in an entry."""

TEXT: Final = "text."
BLANK: Final = "blank."
"""What the names of fields begin with that hold a place's text, and the reason for a blank place."""

_MOST_VERSIONS: Final = 9999
"""A greater number is none that this program gave."""


class PaperState(StrEnum):
    """How far a paper got."""

    DRAFT = "draft"
    SIGNED = "signed"
    SUPERSEDED = "superseded"
    """A newer version was signed."""
    WITHDRAWN = "withdrawn"


class BlankReason(StrEnum):
    """Why a place of a paper stays blank. A newer program may know more, and an officer may use own words."""

    REFUSED = "refused"
    """拒绝签名。"""
    UNREACHABLE = "unreachable"
    """无法联系。"""
    ABSENT = "absent"
    """不在场。"""
    UNABLE = "unable"
    """不能书写，已捺指印。"""
    INTERPRETER = "interpreter"
    """无翻译人员在场。"""
    NOT_NEEDED = "not_needed"
    """无此情形。"""


@dataclass(frozen=True, slots=True)
class Signing:
    """What was frozen. ``pdf`` and ``record`` name files of the vault; ``template`` is the version of the form.

    ``version``: which paper of its form about the same thing this is, from 1, as its foot says; 0 for one that was
    signed before papers said it.
    """

    at: datetime
    by: str
    pdf: BlobRef
    record: BlobRef
    pages: int
    template: str = ""
    version: int = 0

    def to_json(self) -> dict[str, Json]:
        """The journal field ``signed``: one field, so that two signings never mix."""
        return {
            "at": to_wire(self.at),
            "by": self.by,
            "pdf": _blob_json(self.pdf),
            "record": _blob_json(self.record),
            "pages": self.pages,
            "template": self.template,
            "version": self.version,
        }


@dataclass(frozen=True, slots=True)
class Paper:
    """The facts of subject ``paper/<id>``.

    ``dated``: the day the paper bears. ``about``: subject within the case it speaks of, empty for the case. ``texts``
    and ``blanks``: what people wrote, and why a place stays blank, by place. ``replaces``: the former version and
    ``reason`` why there is another. ``replaced_by``: the version that took its place.
    """

    id: PaperId
    form: str
    form_set: str
    dated: datetime
    about: str = ""
    made_at: datetime | None = None
    made_by: str = ""
    texts: Mapping[str, str] = field(default_factory=dict)
    blanks: Mapping[str, str] = field(default_factory=dict)
    replaces: str = ""
    reason: str = ""
    signed: Signing | None = None
    replaced_by: str = ""
    withdrawn: str = ""

    @property
    def state(self) -> PaperState:
        """How far it got."""
        if self.withdrawn:
            return PaperState.WITHDRAWN
        if self.replaced_by:
            return PaperState.SUPERSEDED
        return PaperState.SIGNED if self.signed else PaperState.DRAFT

    @property
    def living(self) -> bool:
        """Whether it still counts."""
        return self.state in {PaperState.DRAFT, PaperState.SIGNED}

    def to_fields(self, case: str) -> Fields:
        """Journal fields of a new draft."""
        return {
            "case": case,
            **PAPER_FIELDS.to_fields(self),
            **{f"{TEXT}{place}": words for place, words in self.texts.items()},
            **{f"{BLANK}{place}": why for place, why in self.blanks.items()},
        }


PAPER_FIELDS: Final = FieldTable(
    Paper,
    (
        FieldRow("form"),
        FieldRow("form_set", named="papers.field.form_set"),
        FieldRow("dated", TIME, named="papers.field.dated"),
        FieldRow("about", hidden=True),
        FieldRow("made_at", MAYBE_TIME),
        FieldRow("made_by"),
        FieldRow("replaces", hidden=True),
        FieldRow("replaced_by", later=True, hidden=True),
        FieldRow("reason", LONG_TEXT),
        FieldRow("withdrawn", LONG_TEXT, later=True),
    ),
)


def paper_from_fields(paper_id: str, fields: Fields) -> Paper | None:
    """The paper behind ``paper/<id>``; None while only its end is known."""
    if not text(fields, "dated") or not text(fields, "form"):
        return None
    return PAPER_FIELDS.from_fields(
        fields,
        id=PaperId(paper_id),
        texts=_places(fields, TEXT),
        blanks={place: why for place, why in _places(fields, BLANK).items() if why},
        signed=signing_of(fields.get("signed")),
    )


def signing_of(value: Json) -> Signing | None:
    """The field ``signed``; None while the paper is a draft. ``ValueError`` or ``TypeError`` for another's nonsense."""
    if value is None or value == "":
        return None
    if not isinstance(value, Mapping):
        raise TypeError("signed")
    if number(value, "pages") < 1:
        raise ValueError("pages")
    pdf, record = _blob(mapping(value, "pdf")), _blob(mapping(value, "record"))
    return Signing(
        at=from_wire(text(value, "at")),
        by=text(value, "by"),
        pdf=pdf,
        record=record,
        pages=number(value, "pages"),
        template=text(value, "template"),
        version=stated if 0 < (stated := number(value, "version")) <= _MOST_VERSIONS else 0,
    )


def next_version(papers: Iterable[Paper], form: str, about: str) -> int:
    """What the next paper of a form about this will be called: those that were signed are counted, whatever became of
    them, so that no two papers in two hands bear one number. Where a paper took the greatest number there is, the
    first that no paper bears."""
    signed = versions(papers, form, about)
    borne = {version for version, _ in signed}
    following = max(len(signed), *borne, 0) + 1
    if following <= _MOST_VERSIONS:
        return following
    return next(number for number in count(len(signed) + 1) if number not in borne)


def versions(papers: Iterable[Paper], form: str, about: str) -> tuple[tuple[int, Paper], ...]:
    """The signed papers of a form about this, each with its version, the first signed first. Two desks that signed at
    once may both have a second; those that do not say theirs are counted."""
    own = [
        (paper.signed.at, paper.id, paper)
        for paper in papers
        if (paper.form, paper.about) == (form, about) and paper.signed is not None
    ]
    return tuple(
        ((paper.signed.version if paper.signed else 0) or place, paper)
        for place, (_, _, paper) in enumerate(sorted(own, key=lambda item: item[:2]), start=1)
    )


def in_order(papers: Iterable[Paper]) -> tuple[Paper, ...]:
    """By form, the newest version of each first."""
    made = sorted(papers, key=lambda paper: (paper.made_at or paper.dated, paper.id), reverse=True)
    return tuple(sorted(made, key=lambda paper: paper.form))


def _places(fields: Fields, prefix: str) -> dict[str, str]:
    return {
        name.removeprefix(prefix): value
        for name, value in sorted(fields.items())
        if name.startswith(prefix) and isinstance(value, str)
    }


def _blob(value: Fields) -> BlobRef:
    sha256 = text(value, "sha256")
    if len(sha256) != 64 or not set(sha256) <= set("0123456789abcdef"):
        raise ValueError("digest")
    return BlobRef(sha256, number(value, "size"), text(value, "sm3"))


def _blob_json(blob: BlobRef) -> dict[str, Json]:
    return {"sha256": blob.sha256, "size": blob.size, "sm3": blob.sm3}

"""Places of a printed paper in words: where the case says something else than what was signed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import takewhile
from typing import Final

from desktop.services.papers.show_paper import Difference
from desktop.ui.shared.kit.kit import Kit

_AREAS: Final = {
    "victim": "victim", "reporter": "victim", "payer": "payer", "payee": "payee", "transfers": "transfer",
    "identifiers": "identifier", "evidence": "evidence", "attachments": "evidence", "items": "evidence",
    "orders": "order", "statement": "statement",
}  # fmt: skip
_LEAVES: Final = frozenset(
    {
        "name", "id_number", "id_kind", "phone", "address", "sex", "born", "account", "bank", "amount", "time",
        "narrative", "loss", "officer", "unit", "sha256",
    }
)  # fmt: skip
_MOST: Final = 3
_SHORT: Final = 24
_LEAD: Final = 6


class PlaceTexts:
    """Names the places it knows; of others it shows the values alone."""

    def __init__(self, kit: Kit) -> None:
        self._kit = kit

    def list(self, differences: Sequence[Difference], editable: Collection[str]) -> str:
        """The first few, and how many more there are. ``editable``: the places of the form that people write in."""
        texts = self._kit.texts
        names = [self._one(item, editable) for item in differences[:_MOST]]
        if len(differences) > _MOST:
            names.append(texts.text("papers.more", count=len(differences) - _MOST))
        return texts.text("papers.semicolon").join(names)

    def _one(self, item: Difference, editable: Collection[str]) -> str:
        nothing = self._kit.texts.text("papers.nothing")
        area, _, key = item.place.partition(".")
        own = area == "texts" and key in editable
        place = self._kit.texts.text(f"form_words.place.{key}") if own else self.name(item.place)
        before, now = _apart(item.before, item.now)
        return self._kit.texts.text(
            "papers.difference",
            place=place,
            before=before or nothing,
            now=now or nothing,
        )

    def name(self, place: str) -> str:
        """``报案人 电话`` of ``victim.phone``."""
        texts = self._kit.texts
        parts = place.split(".")
        parts_shown = [texts.text(f"papers.area.{_AREAS[parts[0]]}")] if parts[0] in _AREAS else []
        parts_shown += [str(int(part) + 1) for part in parts if part.isdecimal()]
        if parts[-1] in _LEAVES:
            parts_shown.append(texts.text(f"papers.leaf.{parts[-1]}"))
        return " ".join(parts_shown) or texts.text("papers.leaf.other")


def _apart(before: str, now: str) -> tuple[str, str]:
    """Both texts from a little before the place where they part, each in a few characters."""
    left, right = " ".join(before.split()), " ".join(now.split())
    if max(len(left), len(right)) <= _SHORT:
        return left, right
    same = sum(
        1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(left, right, strict=False))
    )
    start = max(same - _LEAD, 0)
    return _cut(left, start), _cut(right, start)


def _cut(text: str, start: int) -> str:
    piece = text[start : start + _SHORT]
    return f"{'…' if start else ''}{piece}{'…' if start + _SHORT < len(text) else ''}"

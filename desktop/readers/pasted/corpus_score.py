"""How much of a labelled corpus of pasted texts is read, by the pattern that read it.

A corpus has one JSON object a line; ``tests/readers/messages.md`` says what is in it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from desktop.domain.errors import UserInputError
from desktop.domain.identifiers import KINDS, check
from desktop.domain.reference.directories import Directories
from desktop.domain.time.local_time import CHINA
from desktop.readers.pasted.bank_finder import WALLETS, bank_meant
from desktop.readers.pasted.folded_text import fold
from desktop.readers.pasted.number_finder import ACCOUNT_KINDS
from desktop.readers.pasted.pasted_text import PastedTextReader
from desktop.readers.pasted.pattern_table import TextPattern, pattern_table
from desktop.services.extraction.extraction_document import extraction_document

TRANSFERS: Final = "transfers"
_AMOUNT: Final = "amount_fen"
_ENDS: Final = {
    f"{end}_{what}": (end, what)
    for end in ("payer", "payee")
    for what in ("name", "account", "bank")
}
_ANY_DAY: Final = date(2026, 11, 25)


@dataclass(slots=True)
class Score:
    """``wrong``: offered and not in the text, or another value. ``missed``: in the text and not offered so."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def add(self, other: Score) -> None:
        """Count the other's facts too."""
        self.right += other.right
        self.wrong += other.wrong
        self.missed += other.missed


@dataclass(frozen=True, slots=True)
class _Judged:
    """``outcome`` is the name of a count of :class:`Score`."""

    pattern: str
    field: str
    outcome: str


def corpus_messages(lines: Iterable[str]) -> Iterator[dict[str, Any]]:
    """Raises ``UserInputError("read.corpus", line=…)`` for a line that is no labelled message."""
    for number, line in enumerate(lines, 1):
        try:
            message = json.loads(line)
            datetime.fromisoformat(message["now"])
            fits = isinstance(message["text"], str) and all(
                isinstance(item, dict)
                for name in ("transfers", "identifiers")
                for item in message[name]
            )
        except (ValueError, KeyError, TypeError) as error:
            raise UserInputError("read.corpus", line=number) from error
        if not fits:
            raise UserInputError("read.corpus", line=number)
        yield message


@dataclass(frozen=True, slots=True)
class CorpusScorer:
    """Compares what is read with what a corpus says is there."""

    directories: Directories

    def score(self, messages: Iterable[Mapping[str, Any]]) -> dict[tuple[str, str], Score]:
        """By pattern and field. A fact that is missed counts for the pattern that matches it in the text and was
        overruled; for "" where none does."""
        scores: dict[tuple[str, str], Score] = {}
        for message in messages:
            for judged in self._judge(message, self.read(message)):
                score = scores.setdefault((judged.pattern, judged.field), Score())
                setattr(score, judged.outcome, getattr(score, judged.outcome) + 1)
        return scores

    def read(self, message: Mapping[str, Any]) -> dict[str, Any]:
        """What ``fanzha read -`` would print at the moment the message names."""
        now = datetime.fromisoformat(message["now"])
        now = now.replace(tzinfo=now.tzinfo or CHINA)
        found = self.reader().read(message["text"], now)
        return dict(extraction_document(found, self.directories, now.astimezone(CHINA).date()))

    def reader(self) -> PastedTextReader:
        """What is measured."""
        return PastedTextReader(self.directories)

    def _judge(self, message: Mapping[str, Any], found: dict[str, Any]) -> Iterator[_Judged]:
        left = list(found["transfers"])
        for wanted in message["transfers"]:
            match = next((made for made in left if made[_AMOUNT] == wanted.get(_AMOUNT)), None)
            if match is None:
                yield _Judged("", TRANSFERS, "missed")
                for name in wanted:
                    if name != _AMOUNT and wanted[name]:
                        yield self._missed(message["text"], name, wanted[name])
                continue
            left.remove(match)
            yield _Judged(match["found"]["amount"]["pattern"], TRANSFERS, "right")
            yield from self._fields(
                message["text"], wanted, match, wallets=bool(message.get("wallets"))
            )
        for made in left:
            yield _Judged(made["found"].get("amount", {}).get("pattern", ""), TRANSFERS, "wrong")
        yield from self._identifiers(message, found)

    def _fields(
        self, text: str, wanted: Mapping[str, Any], made: Mapping[str, Any], *, wallets: bool
    ) -> Iterator[_Judged]:
        """``wallets``: whether the corpus names the wallet of a side as its bank; else none is judged."""
        for name, value in wanted.items():
            if name == _AMOUNT:
                continue
            end, what = _ENDS.get(name, ("", ""))
            offered = self._plain(name, made[end][what] if end else made.get(name))
            meant = self._plain(name, value)
            pattern = made["found"].get(name, {}).get("pattern", "")
            if offered == meant:
                if meant:
                    yield _Judged(pattern, name, "right")
                continue
            if meant:
                yield self._missed(text, name, value)
            if offered and (meant or wallets or offered not in WALLETS.values()):
                yield _Judged(pattern, name, "wrong")

    def _identifiers(
        self, message: Mapping[str, Any], found: Mapping[str, Any]
    ) -> Iterator[_Judged]:
        left = list(found["identifiers"])
        for wanted in message["identifiers"]:
            kind, meant = wanted["kind"], self._normal(wanted["kind"], wanted["value"])
            field = f"identifiers.{kind}"
            match = next(
                (one for one in left if (one["kind"], one["normal"]) == (kind, meant)), None
            )
            if match is None:
                yield self._missed(message["text"], field, wanted["value"])
            else:
                left.remove(match)
                yield _Judged(match["pattern"], field, "right")
        for one in left:
            yield _Judged(one["pattern"], f"identifiers.{one['kind']}", "wrong")

    def _missed(self, text: str, field: str, value: object) -> _Judged:
        """By the first pattern that matches the value where it stands in the text."""
        kinds = _kinds(field)
        meant = self._plain(field, value).lstrip("*")
        folded = fold(text).text
        for pattern in pattern_table().values():
            if pattern.kind in kinds and meant in self._matched(pattern, field, folded):
                return _Judged(pattern.name, field, "missed")
        return _Judged("", field, "missed")

    def _matched(self, pattern: TextPattern, field: str, text: str) -> Iterator[str]:
        group = "id" if "id" in pattern.shape.groupindex else 0
        for match in pattern.shape.finditer(text):
            yield self._plain(field, match[group] or "").lstrip("*")

    def _normal(self, kind: str, value: str) -> str:
        """As the program compares it."""
        return check(kind, value, self.directories, _ANY_DAY).normal if kind in KINDS else value

    def _plain(self, field: str, value: object) -> str:
        """Without what two spellings of one value may differ in: seconds of 0, the usual name of a bank, spaces."""
        text = "" if value is None else str(value)
        if field.endswith("_bank"):
            return bank_meant(text, self.directories)
        if field == "time":
            text = text.replace("T", " ").removesuffix("+08:00")
            return f"{text}:00" if len(text) == len("2026-11-24 10:12") else text
        if field.startswith("identifiers.") and text:
            return self._normal(field.removeprefix("identifiers."), text)
        return text.replace(" ", "")


def _kinds(field: str) -> frozenset[str]:
    what = field.removeprefix("identifiers.").rpartition("_")[2]
    if what == "account":
        return ACCOUNT_KINDS | {"mobile", "alipay"}
    return frozenset({what, field.removeprefix("identifiers.")})


def whole(scores: Iterable[Score]) -> Score:
    """All of them together."""
    total = Score()
    for score in scores:
        total.add(score)
    return total

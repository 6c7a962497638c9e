"""The packed reference tables on disk, each read when first asked for."""

from __future__ import annotations

import hashlib
import logging
import sys
import tomllib
from array import array
from bisect import bisect_left
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final, TypeVar

from desktop.domain.errors import WorldError
from desktop.domain.reference.directories import (
    CardIssuer,
    CardKind,
    Division,
    Hotline,
    MobileSegment,
)
from desktop.runtime.packages.hotlines import Hotlines

_FIRST_SEGMENT: Final = 1_300_000
_SEGMENT_BYTES: Final = 2
_SEGMENT_DIGITS: Final = 7
_HEADS: Final = "directory.toml"
_SHORTEST_BIN: Final = 2
_LONGEST_BIN: Final = 10

_T = TypeVar("_T")
_log = logging.getLogger(__name__)

_Card = tuple[int, str, str, str]
"""Length, kind, bank, rival."""


def check_rows(*, cards: bytes, divisions: bytes, segments: bytes, dense: bytes) -> None:
    """Raise ``WorldError("directory.damaged", name=…)`` for the first table with a row no reader could take."""
    name = "cards"
    try:
        sound = all(map(_card, cards.decode().splitlines()))
        if sound:
            name = "divisions"
            sound = all(map(_division, divisions.decode().splitlines()))
        if sound:
            name = "mobile"
            sound = _mobile(segments.decode().splitlines(), dense)
    except ValueError:
        sound = False
    if not sound:
        raise WorldError("directory.damaged", name=name)


def _card(line: str) -> bool:
    prefix, length, kind, bank, _rival = line.split("\t")
    return prefix.isdigit() and 10 <= int(length) <= 30 and bool(CardKind(kind)) and bool(bank)


def _division(line: str) -> bool:
    code, until, path, _former = line.split("\t")
    return len(code) == 6 and (until in ("-", "?") or until.isdigit()) and bool(path)


def _mobile(lines: list[str], dense: bytes) -> bool:
    """Every number in the dense table, little-endian, is that of a line, or 0 for none."""
    numbers = array("H", dense)
    if sys.byteorder == "big":
        numbers.byteswap()
    return max(numbers, default=0) <= len(lines) and all(line.count("\t") == 4 for line in lines)


@dataclass(frozen=True, slots=True)
class TableInfo:
    """A packed table as people are told of it."""

    title: str
    version: str
    licence: str
    rows: int


class PackedDirectories:
    """:class:`~desktop.domain.reference.directories.Directories` over the folder ``root``, and over ``behind`` for what
    that does not hold: a package of the centre need carry only the tables that changed.

    Nothing is read at construction; each table is read and its digest compared at its first use (some
    milliseconds). A table that is missing or damaged answers ``None`` to everything and says so once in the
    log: a report must be taken even with half an installation. :meth:`verify` raises instead.
    """

    def __init__(self, root: Path, behind: Path | None = None) -> None:
        self._layers = (root,) if behind is None or behind == root else (root, behind)

    def card_issuer(self, number: str) -> CardIssuer | None:
        """The longest known prefix; among cards of several lengths the one that fits, else the nearest."""
        digits = number.partition("*")[0]
        for length in range(min(_LONGEST_BIN, len(digits)), _SHORTEST_BIN - 1, -1):
            cards = self._cards.get(digits[:length])
            if cards:
                card = min(cards, key=lambda known: abs(known[0] - len(number)))
                size, kind, bank, rival = card
                exact = size == len(number)
                return CardIssuer(bank, CardKind(kind), digits[:length], size, exact, rival)
        return None

    def card_lengths(self, prefix: str) -> tuple[int, ...]:
        """Of the longest known prefix within ``prefix``, and of every longer one that begins with it."""
        lengths: set[int] = set()
        for size in range(min(_LONGEST_BIN, len(prefix)), _SHORTEST_BIN - 1, -1):
            cards = self._cards.get(prefix[:size])
            if cards:
                lengths.update(card[0] for card in cards)
                break
        for known in self._prefixes[bisect_left(self._prefixes, prefix) :]:
            if not known.startswith(prefix):
                break
            lengths.update(card[0] for card in self._cards[known])
        return tuple(sorted(lengths))

    def mobile_segment(self, number: str) -> MobileSegment | None:
        """The segment of the first seven digits."""
        head = number[:_SEGMENT_DIGITS]
        if len(head) != _SEGMENT_DIGITS or not (head.isascii() and head.isdigit()):
            return None
        dense, kinds = self._mobile
        start = (int(head) - _FIRST_SEGMENT) * _SEGMENT_BYTES
        if not 0 <= start < len(dense):
            return None
        line = int.from_bytes(dense[start : start + _SEGMENT_BYTES], "little")
        return _segment(kinds[line - 1]) if line else None

    def area_codes(self) -> frozenset[str]:
        """Those of the places where mobile numbers are given out, which are all."""
        return self._areas

    def division(self, code: str) -> Division | None:
        """The division with this code, present or past."""
        row = self._divisions.get(code)
        if row is None:
            return None
        until, path, former = row.split("\t")
        return Division(
            code,
            tuple(path.split("/")),
            abolished=until != "-",
            until=int(until) if until.isdigit() else 0,
            former=tuple(former.split("|")) if former else (),
        )

    def hotline(self, bank_name: str) -> Hotline | None:
        """The hotline of a bank or payment institution."""
        return self._hotlines.find(bank_name)

    def hotlines(self) -> tuple[Hotline, ...]:
        """Every hotline, in the order of the tables."""
        return self._hotlines.all

    def protected_number(self, number: str) -> str | None:
        """The owner of a protected number."""
        return self._hotlines.owner(number)

    @property
    def version(self) -> str:
        """The day of the tables in ``root`` as a whole; empty where they name none."""
        version = self._document(self._layers[0]).get("version", "")
        return version if isinstance(version, str) else ""

    def tables(self) -> tuple[TableInfo, ...]:
        """Each packed table with its version and licence, for the settings page."""
        return tuple(
            TableInfo(
                str(head["title"]), str(head["version"]), str(head["licence"]), int(head["rows"])
            )
            for head in self._heads.values()
        )

    def versions(self) -> Mapping[str, str]:
        """Name of each packed table → its version, for the about page and the log."""
        return {name: str(table["version"]) for name, table in self._heads.items()}

    def verify(self) -> None:
        """Read everything. Raises ``WorldError("directory.damaged", name=…)`` for the first bad table."""
        heads = self._read_heads()
        if not heads:
            raise WorldError("directory.damaged", name="directory")
        for name, (folder, head) in heads.items():
            for file, digest in head["sha256"].items():
                if hashlib.sha256(_read(folder, name, file)).hexdigest() != digest:
                    raise WorldError("directory.damaged", name=name)
        check_rows(
            cards=self._checked("cards", "cards.tsv"),
            divisions=self._checked("divisions", "divisions.tsv"),
            segments=self._checked("mobile", "mobile.tsv"),
            dense=self._checked("mobile", "mobile.bin"),
        )
        Hotlines(*self._layers)

    @cached_property
    def _areas(self) -> frozenset[str]:
        return frozenset(line.rpartition("\t")[2] for line in self._mobile[1]) - {""}

    @cached_property
    def _homes(self) -> Mapping[str, tuple[Path, Mapping[str, Any]]]:
        nothing: Mapping[str, tuple[Path, Mapping[str, Any]]] = {}
        return self._soft("directory", self._read_heads, nothing)

    @property
    def _heads(self) -> Mapping[str, Mapping[str, Any]]:
        return {name: head for name, (_, head) in self._homes.items()}

    def _read_heads(self) -> Mapping[str, tuple[Path, Mapping[str, Any]]]:
        """Name of each table → the folder it is read from, and what that says of it."""
        found: dict[str, tuple[Path, Mapping[str, Any]]] = {}
        for folder in reversed(self._layers):
            if folder is not self._layers[-1] and not (folder / _HEADS).exists():
                continue
            for name, head in tomllib.loads(_read(folder, "directory", _HEADS).decode()).items():
                if isinstance(head, dict):
                    found[name] = (folder, head)
        return found

    def _document(self, folder: Path) -> Mapping[str, Any]:
        nothing: Mapping[str, Any] = {}
        return self._soft(
            "directory", lambda: tomllib.loads(_read(folder, "directory", _HEADS).decode()), nothing
        )

    @cached_property
    def _cards(self) -> Mapping[str, tuple[_Card, ...]]:
        return self._soft("cards", lambda: _cards(self._checked("cards", "cards.tsv")), {})

    @cached_property
    def _prefixes(self) -> tuple[str, ...]:
        return tuple(sorted(self._cards))

    @cached_property
    def _mobile(self) -> tuple[bytes, list[str]]:
        def load() -> tuple[bytes, list[str]]:
            kinds = self._checked("mobile", "mobile.tsv").decode().splitlines()
            return self._checked("mobile", "mobile.bin"), kinds

        nothing: tuple[bytes, list[str]] = (b"", [])
        return self._soft("mobile", load, nothing)

    @cached_property
    def _divisions(self) -> Mapping[str, str]:
        def load() -> Mapping[str, str]:
            lines = self._checked("divisions", "divisions.tsv").decode().splitlines()
            return {code: row for code, _, row in (line.partition("\t") for line in lines)}

        return self._soft("divisions", load, {})

    @cached_property
    def _hotlines(self) -> Hotlines:
        return self._soft("hotlines", lambda: Hotlines(*self._layers), Hotlines())

    def _checked(self, name: str, file: str) -> bytes:
        folder, head = self._homes.get(name, (self._layers[-1], {}))
        data = _read(folder, name, file)
        digests = head.get("sha256", {})
        if hashlib.sha256(data).hexdigest() != digests.get(file):
            raise WorldError("directory.damaged", name=name)
        return data

    def _soft(self, name: str, load: Callable[[], _T], empty: _T) -> _T:
        try:
            return load()
        except (WorldError, ValueError) as error:
            _log.error("directory %s cannot be read (%s)", name, type(error).__name__)
            return empty


def _read(folder: Path, name: str, file: str) -> bytes:
    try:
        return (folder / file).read_bytes()
    except OSError as error:
        raise WorldError("directory.damaged", name=name) from error


def _cards(data: bytes) -> Mapping[str, tuple[_Card, ...]]:
    found: dict[str, tuple[_Card, ...]] = {}
    for line in data.decode().splitlines():
        prefix, length, kind, bank, rival = line.split("\t")
        card = (int(length), kind, bank, rival)
        found[prefix] = (*found.get(prefix, ()), card)
    return found


def _segment(line: str) -> MobileSegment:
    operator, virtual, province, city, area_code = line.split("\t")
    return MobileSegment(operator, province, city, area_code, virtual=bool(virtual))

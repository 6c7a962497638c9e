"""Search finds exactly the cases that contain every word, the best first, on both databases."""

from __future__ import annotations

import itertools
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.domain.case_file.case_filter import ANY_CASE, CaseFilter
from desktop.domain.cases.case import Case, CaseState, Visit
from desktop.domain.cases.people.victim import Victim
from desktop.domain.ids import CaseId
from desktop.domain.progress import SILENT
from desktop.journal.entry import NewEntry
from desktop.storage.projections.search_tokens import SEPARATOR, squeeze, squeezed_pieces
from desktop.storage.readers import search_reader
from desktop.storage.store import SqlStore
from tests.storage.test_store import a_store
from tests.support.clocks import START
from tests.support.databases import Databases
from tests.support.sweep import examples

_NUMBERS = itertools.count()
_LETTERS: Final = "张三银行１２3x4Ａaß％%_'\"\\-— \u200b。🙂𠮷\U00030000\u0e01é①\u0660\x00\x1f"
_WORDS = st.text(st.sampled_from(_LETTERS), max_size=7)
_DIGITS = st.text(st.sampled_from("0123１２"), min_size=3, max_size=9)
_PIECES = st.one_of(_WORDS, _DIGITS, st.tuples(_WORDS, _DIGITS, _WORDS).map("".join))
_ALL: Final = 100


@dataclass(frozen=True, slots=True)
class _Told:
    """What a case is found by here, and when it came."""

    name: str
    phone: str
    story: str
    seconds: int
    state: CaseState

    def case(self, number: int) -> Case:
        return Case(
            CaseId(f"c{number:02d}"), "", Visit.REPORT, "T01", self.state,
            Victim(self.name, "resident_id", "", self.phone), self.story,
            START + timedelta(seconds=self.seconds), "1", "620102540000", "所",
        )  # fmt: skip

    def pieces(self) -> list[str]:
        return [squeeze(text) for text in (self.name, self.phone, self.story)]

    def rank(self, words: Sequence[str]) -> int:
        """0: a word is a whole piece; 1: a number ends with one; 2: it is mentioned."""
        if any(word in self.pieces() for word in words):
            return 0
        ends = [word for word in words if _is_end(word)]
        return 1 if any(piece.endswith(word) for piece in self.pieces() for word in ends) else 2


_TOLD = st.builds(
    _Told,
    name=_PIECES, phone=_DIGITS, story=_PIECES, seconds=st.integers(0, 40),
    state=st.sampled_from((CaseState.NEW, CaseState.CLOSED)),
)  # fmt: skip


_TIMES = st.none() | st.integers(0, 40).map(lambda at: START + timedelta(seconds=at))
_FILTERS = st.just(ANY_CASE) | st.builds(
    CaseFilter, state=st.sampled_from(("", "new", "closed")), officer=st.sampled_from(("", "1", "2")),
    unit=st.sampled_from(("", "所", "S所")), since=_TIMES, before=_TIMES,
)  # fmt: skip


def _passes(told: _Told, only: CaseFilter) -> bool:
    at = START + timedelta(seconds=told.seconds)
    return (
        only.state in ("", told.state.value)
        and only.officer in ("", "1")
        and only.unit in ("", "所")
        and (only.since is None or at >= only.since)
        and (only.before is None or at < only.before)
    )


def _is_end(word: str) -> bool:
    digits = word[:-1] + word[-1].replace("x", "0")
    return len(word) > 3 and digits.isascii() and digits.isdigit()


def _words(query: str) -> list[str]:
    found = [squeeze(word) for word in query.split()]
    return [word for word in found if any(letter.isalnum() for letter in word)]


def _scan(world: Sequence[_Told], query: str, only: CaseFilter) -> dict[str, tuple[int, int]]:
    """Case → its rank and how long ago it came, by looking at every one."""
    words = _words(query)
    return {
        f"c{number:02d}": (told.rank(words), -told.seconds)
        for number, told in enumerate(world)
        if words
        and all(any(word in piece for piece in told.pieces()) for word in words)
        and _passes(told, only)
    }


def _queries(world: Sequence[_Told]) -> st.SearchStrategy[str]:
    """Parts of what is there, sometimes as it is typed on a wide keyboard, and what is not there."""
    texts = [text for told in world for text in (told.name, told.phone, told.story) if text]
    part = st.sampled_from(texts).flatmap(
        lambda text: st.tuples(st.integers(0, len(text) - 1), st.integers(1, 6)).map(
            lambda at: text[at[0] : at[0] + at[1]]
        )
    )
    one = st.one_of(part, part.map(_wide), _PIECES)
    return st.lists(one, min_size=1, max_size=2).map(" ".join)


def _wide(text: str) -> str:
    return text.translate({code: code + 0xFEE0 for code in range(ord("0"), ord("9") + 1)})


def _recorded(databases: Databases, world: Sequence[_Told]) -> SqlStore:
    store = a_store(databases, "AAAA", f"search{next(_NUMBERS)}")
    with store.write() as writing:
        for number, told in enumerate(world):
            case = told.case(number)
            writing.append("1", NewEntry("report.registered", f"case/{case.id}", case.to_fields()))
    return store


@given(st.lists(_TOLD, min_size=1, max_size=9), st.data())
@settings(max_examples=examples(25), suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_found_is_what_a_look_at_every_case_finds(
    databases: Databases, world: list[_Told], data: st.DataObject
) -> None:
    store = _recorded(databases, world)
    with store.closing(), store.read() as reader:
        for query in data.draw(st.lists(_queries(world), min_size=4, max_size=8)):
            only = data.draw(_FILTERS)
            expected = _scan(world, query, only)
            found = reader.search(query, _ALL, only)
            assert {hit.case for hit in found.hits} == expected.keys()
            places = [expected[hit.case] for hit in found.hits]
            assert places == sorted(places)
            assert not found.more
            assert reader.count_found(query, only).total == len(expected)
            limit = data.draw(st.integers(1, 4))
            page = reader.search(query, limit, only)
            assert page.hits == found.hits[:limit]
            assert page.more == (len(expected) > limit)


def test_what_is_amended_is_found_anew_and_the_rebuilt_index_finds_the_same(
    databases: Databases,
) -> None:
    told = _Told("张三", "13919364417", "点赞返利", 5, CaseState.NEW)
    store = _recorded(databases, [replace(told, seconds=5) for _ in range(40)])
    with store.write() as writing:
        writing.append("1", NewEntry("case.amended", "case/c07", {"narrative": "垫付"}))
        late = {"accepted_at": "2026-12-24T10:00:00.000Z"}
        writing.append("1", NewEntry("case.amended", "case/c08", late))
        writing.append("1", NewEntry("case.moved", "case/c09", {"state": "frozen"}))
    with store.closing():
        for _ in range(2):
            with store.read() as reader:
                assert [hit.case for hit in reader.search("垫付", 9).hits] == ["c07"]
                assert reader.count_found("点赞").total == 39
                assert reader.search("张三", 1).hits[0].case == "c08"
                frozen = reader.search("张三", 9, CaseFilter(state="frozen")).hits
                assert [hit.case for hit in frozen] == ["c09"]
            store.rebuild(SILENT)


def test_many_hits_are_not_counted_to_the_end(
    databases: Databases, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_reader, "COUNTED", 3)
    told = _Told("张三", "13919364417", "点赞返利", 5, CaseState.NEW)
    with _recorded(databases, [told] * 4).closing() as store, store.read() as reader:
        assert tuple(reader.count_found("点赞返")) == (3, True)
        assert tuple(reader.count_found("张 4417")) == (3, True)


def _hits(store: SqlStore, *queries: str) -> Iterator[tuple[str, str]]:
    with store.read() as reader:
        for query in queries:
            for hit in reader.search(query, 5).hits:
                yield query, "|".join(hit.snippet[begin:end] for begin, end in hit.marks)


def test_a_hit_marks_what_was_asked_for_and_shows_no_more_of_a_number(
    databases: Databases,
) -> None:
    story = "先后向6230520010037788996转账，点赞返利后点赞"
    store = _recorded(databases, [_Told("张三", "13919364417", story, 5, CaseState.NEW)])
    with store.closing():
        assert dict(_hits(store, "4417", "点赞", "转账 点赞", "３９１９", "张三")) == {
            "4417": "4417",
            "点赞": "点赞|点赞",
            "转账 点赞": "转账|点赞|点赞",
            "３９１９": "3919",
            "张三": "张三",
        }
        with store.read() as reader:
            shown = [hit.snippet for hit in reader.search("0010037788", 5).hits]
    assert shown
    assert "0010037788" not in "".join(shown), unicodedata.normalize("NFKC", shown[0])


def test_every_kind_of_blank_is_left_out() -> None:
    blanks = [sign for sign in map(chr, range(sys.maxunicode + 1)) if sign.isspace()]
    assert squeeze("a".join(blanks)) == "a" * (len(blanks) - 1)
    pieces = [f"a{sign}b" for sign in blanks]
    assert squeezed_pieces(pieces).split(SEPARATOR) == ["ab"] * len(blanks)
    assert squeezed_pieces(blanks) == ""

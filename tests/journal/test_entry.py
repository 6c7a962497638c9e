"""An entry says the same on every machine, and nobody can change it unseen."""

from __future__ import annotations

import hashlib
import json

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.errors import TrustError
from desktop.journal.canonical import canonical
from desktop.journal.entry import GENESIS, MAX_LINE, Entry, NewEntry, read_line, reread_line, seal
from tests.support.every_row import every_row

TEXTS = st.text(st.characters(codec="utf-8"), max_size=30)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=6,
)


def an_entry(fields: dict[str, object], *, subject: str = "case/1", stream: str = "AAAA") -> Entry:
    return seal(
        NewEntry("case.amended", subject, fields),  # type: ignore[arg-type]  # any JSON
        stream=stream, seq=1, lamport=1, wall="2026-11-24T02:31:07.000Z", officer="620134",
        replaces={"name": ("BBBB:3",)}, prev=GENESIS,
    )  # fmt: skip


@given(st.dictionaries(TEXTS, VALUES, max_size=4))
def test_a_line_reads_back_as_the_entry_it_was(fields):
    entry = an_entry(fields)
    assert read_line(entry.line()) == entry


@given(st.dictionaries(TEXTS, VALUES, min_size=1, max_size=4), st.data())
def test_any_changed_character_is_noticed(fields, data):
    line = an_entry(fields).line()
    place = data.draw(st.integers(0, len(line) - 1))
    other = data.draw(st.integers(0, 255).filter(lambda byte: byte != line[place]))
    with pytest.raises(TrustError, match=r"^entry\.(altered|malformed)$"):
        read_line(line[:place] + bytes([other]) + line[place + 1 :])


@every_row(
    "line",
    [
        b"", b"{}", b"[]", b"null", b"\xff\xfe", b'{"seq":1e3}', b"[" * 100_000,
        b'{"a":1,"a":2}', b'{"seq":NaN}',
    ],
)  # fmt: skip
def test_what_is_no_entry_is_refused(line):
    with pytest.raises(TrustError, match=r"entry\.malformed"):
        read_line(line)


def test_another_spelling_of_the_same_entry_is_refused():
    document = json.loads(an_entry({"name": "李秀兰"}).line())
    with pytest.raises(TrustError, match=r"entry\.malformed"):
        read_line(json.dumps(document).encode())


FORGED_HASHES = st.sampled_from((GENESIS, 'x","hash":"x', "", "\\", "哈"))


@given(FORGED_HASHES, st.dictionaries(st.sampled_from(("hash", "kind")), FORGED_HASHES))
def test_what_calls_itself_a_hash_is_not_taken_for_one(text, inner):
    entry = seal(
        NewEntry("case.amended", "case/1", {"hash": text, "in": {"hash": text, **inner}}),
        stream="AAAA", seq=1, lamport=1, wall=f',"hash":"{text}",', officer=text,
        replaces={"hash": (text, f'"hash":"{GENESIS}",'), "kind": ("hash", text)}, prev=GENESIS,
    )  # fmt: skip
    assert read_line(entry.line()) == reread_line(entry.line()) == entry
    document = json.loads(entry.line())
    document.pop("hash")
    assert hashlib.sha256(rfc8785.dumps(document)).hexdigest() == entry.hash


@every_row("value", [-1, 0, 1, 2**53 - 1, True, "1", None])
@every_row("name", ["seq", "lamport", "schema"])
def test_a_line_with_a_true_hash_is_numbered_from_nothing_up(name, value):
    document = {**json.loads(an_entry({}).line()), name: value}
    document.pop("hash")
    document["hash"] = hashlib.sha256(rfc8785.dumps(document)).hexdigest()
    line = rfc8785.dumps(document)
    if type(value) is int and value >= 0:
        assert getattr(read_line(line), name) == value
    else:
        with pytest.raises(TrustError, match=r"^entry\.malformed$"):
            read_line(line)


@pytest.mark.parametrize("fields", ['{"a":"1","a":"1"}', '{"a":{"b":1,"b":2}}', '{"a":1.5}'])
def test_a_line_with_a_true_hash_is_refused_where_it_says_something_twice_or_by_halves(fields):
    line = an_entry({}).line().replace(b'"fields":{}', f'"fields":{fields}'.encode())
    before, _, after = line.partition(b'"hash":"%b",' % an_entry({}).hash.encode())
    digest = hashlib.sha256(before + after).hexdigest().encode()
    with pytest.raises(TrustError, match=r"entry\.malformed"):
        read_line(before + b'"hash":"%b",' % digest + after)


@given(
    st.dictionaries(TEXTS | st.sampled_from(("a", "é", "\U00010000", "\ue000")), VALUES, max_size=5)
)
def test_our_spelling_is_the_reference_spelling(value):
    try:
        expected = rfc8785.dumps(value)
    except rfc8785.CanonicalizationError:
        return
    assert canonical(value) == expected


def test_a_line_that_says_a_key_twice_or_is_too_long_is_no_entry() -> None:
    for line in (b'{"a":1,"a":1}', b'{"a":"' + b"x" * MAX_LINE + b'"}'):
        with pytest.raises(TrustError, match=r"^entry\.malformed$"):
            read_line(line)

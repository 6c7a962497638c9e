"""What is wrong with the entries of a volume is known before any of them is written."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from desktop.domain.errors import TrustError
from desktop.journal.entry import GENESIS, Entry, NewEntry, seal
from desktop.journal.kinds import SLIP_SHOWN
from desktop.services.exchange.take_in.entry_order import EntryOrder

FIRST, SECOND = "AAAAAAAAAAAAAAAA", "AAAAAAAAAAAAAAAA/620102540000"


def story(stream: str, *sizes: int) -> list[Entry]:
    """A chain of entries, one for each size it tells."""
    entries: list[Entry] = []
    for seq, size in enumerate(sizes, start=1):
        entries.append(
            seal(
                NewEntry(SLIP_SHOWN, "order/o1", {"size": size}),
                stream=stream,
                seq=seq,
                lamport=seq,
                wall="2026-11-24T02:31:07.000Z",
                officer="620134",
                replaces={},
                prev=entries[-1].hash if entries else GENESIS,
            )
        )
    return entries


def refusal(came: list[Entry], held: list[Entry]) -> str:
    last = min(held[-1].seq, came[-1].seq)
    return code_of(EntryOrder({SECOND: (last, held[last - 1].hash)}), *story(FIRST, 1, 2), *came)


def code_of(order: EntryOrder, *came: Entry) -> str:
    for entry in came:
        order.note(entry)
    try:
        order.require_sound()
    except TrustError as error:
        return error.code
    return ""


@pytest.mark.parametrize(
    ("came", "code"),
    [
        (story(SECOND, 1, 2, 3), ""),
        (story(SECOND, 1), ""),
        (story(SECOND, 1, 2, 3)[2:], ""),
        (story(SECOND, 1, 9, 3), "journal.fork"),
        (story(SECOND, 9), "journal.fork"),
        (story(SECOND, 9, 2, 3)[1:], "journal.fork"),
        (story(SECOND, 1, 9, 3)[2:], "journal.chain"),
    ],
)
def test_another_story_in_a_later_stream_refuses_the_volume(came: list[Entry], code: str) -> None:
    assert refusal(came, story(SECOND, 1, 2)) == code


@pytest.mark.parametrize("place", [0, 1, 2])
@pytest.mark.parametrize(
    "spoilt",
    [
        {"kind": "slip.shown\0"},
        {"subject": "order/\0"},
        {"officer": "6201\0"},
        {"fields": {"a\0": 1}},
        {"replaces": {"size": ("\0",)}},
        {"wall": "2026-11-24T02:31:07"},
    ],
    ids=lambda spoilt: next(iter(spoilt)),
)
def test_what_no_database_takes_refuses_the_volume_wherever_it_stands(
    spoilt: dict[str, Any], place: int
) -> None:
    """With every place of the chain in order."""
    entries = story(FIRST, 1, 2, 3)
    entries[place] = replace(entries[place], **spoilt)
    assert code_of(EntryOrder(), *entries) == "entry.malformed"

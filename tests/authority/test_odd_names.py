"""What a device may well say, in names and numbers that no honest program writes: it can be read all the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.domain.ids import bound_id
from desktop.domain.progress import SILENT
from desktop.domain.records.fields import Json
from desktop.journal import kinds
from desktop.journal.entry import NewEntry
from desktop.journal.entry_table import ENTRIES
from desktop.services.exchange.take_in.receive_bundle import received_volumes
from tests.authority.cells import AT, CENTRE, OTHER, UNITS, WORKER, honest_fields, name_of
from tests.authority.test_machine import a_centre
from tests.authority.test_rogue import Stream, taken_in
from tests.support.databases import KINDS, some_databases

ENDLESS = "9" * 5000
"""Digits that Python counts no number of."""
LONG = "".join(chr(0x4E00 + number * 7919 % 20000) for number in range(2000))
"""Signs that no server makes shorter."""
ODD = (ENDLESS, "²", "٣", "03", "-1", "x")


def test_numbers_in_the_names_of_fields(tmp_path: Path) -> None:
    store, rogue = a_centre(tmp_path), Stream(OTHER)
    rogue.found()
    bundle = name_of("bundle", OTHER)
    said: dict[str, object] = {"receiver": CENTRE, "number": "A-²", "exported_at": AT}
    for number in ("2", "1", *ODD):
        said[f"written.{number}"] = {"medium": f"stick {number[:3]}"}
        said[f"blob_list.{number}"] = ["0" * 64]
    rogue.say(NewEntry(kinds.BUNDLE_EXPORTED, bundle, said))  # type: ignore[arg-type]  # as it likes
    with store.closing():
        assert taken_in(store, rogue.entries) == {}
        with store.read() as reader:
            (row,) = reader.bundles()
            assert row.medium == "stick 1 · stick 2"


def test_receipts_for_volumes_that_can_not_be_counted() -> None:
    told = {f"received.volume.{number}": True for number in ("7", "10", *ODD)}
    assert received_volumes(told) == {7, 10}


def test_a_number_of_a_case_that_can_not_be_counted_on(tmp_path: Path) -> None:
    store, rogue = a_centre(tmp_path), Stream(OTHER)
    rogue.found()
    prefix = "620102550000-20261124-A-"
    serials = ("0007", "0012", "999999999", *ODD)
    for place, serial in enumerate(serials):
        fields = {
            "number": f"{prefix}{serial}", "visit": "report", "state": "new", "accepted_at": AT,
            "unit_code": UNITS[OTHER],
        }  # fmt: skip
        case = bound_id(1_764_000_000_000, place, OTHER)
        rogue.say(NewEntry(kinds.CASE_REGISTERED, f"case/{case}", fields))
    with store.closing():
        assert taken_in(store, rogue.entries[:-7]) == {}
        with store.read() as reader:
            assert reader.case_serial_after(prefix) == 13
        assert taken_in(store, rogue.entries[:-6]) == {}
        with store.read() as reader:
            assert reader.case_serial_after(prefix) == 10**9
        last = {**rogue.entries[-1].fields, "number": f"{prefix}{10**9}"}
        rogue.say(NewEntry(kinds.CASE_REGISTERED, f"case/{bound_id(1, 1, OTHER)}", last))
        assert taken_in(store, rogue.entries) == {}
        with store.read() as reader:
            assert reader.case_serial_after(prefix) == 10**9 + 1


@pytest.mark.parametrize("kind", KINDS)
def test_no_text_is_so_long_that_it_keeps_out_what_came_with_it(kind: str, tmp_path: Path) -> None:
    """A server takes no more than some thousand octets into an index."""
    rogue = Stream(OTHER)
    rogue.found()

    def say(kind: str, subject: str = "", by: str = WORKER, **said: Json) -> str:
        about = (subject or name_of(ENTRIES[kind].subjects[0], OTHER)).partition("/")[0]
        fields = {**honest_fields(ENTRIES[kind], about, OTHER), **said}
        new = NewEntry(kind, subject or name_of(about, OTHER), fields)
        return rogue.say(new, by).ref

    say(kinds.CASE_REGISTERED, number=LONG, type=LONG)
    say(kinds.ORDER_ISSUED, number=LONG)
    say(kinds.EVIDENCE_ATTACHED, sha256=LONG)
    answer = NewEntry(kinds.CASE_AMENDED, name_of("case", OTHER), {f"answer.{LONG}": "x"})
    rogue.say(answer)
    moved = {"state": "stopping"}
    unfit = [
        rogue.say(NewEntry(LONG, name_of("case", OTHER), {})).ref,
        rogue.say(NewEntry(kinds.CASE_MOVED, f"{LONG}/c", dict(moved))).ref,
        rogue.say(NewEntry(kinds.CASE_MOVED, f"case/{LONG}", dict(moved))).ref,
        say(kinds.ORDER_ISSUED, f"order/{LONG}"),
        say(kinds.TRANSFER_RECORDED, case=LONG),
        say(kinds.CASE_MOVED, by=LONG),
        rogue.say(answer, replaces={f"answer.{LONG}": (rogue.entries[-1].ref,)}).ref,
        rogue.say(
            NewEntry(kinds.CASE_MOVED, name_of("case", OTHER), dict(moved)),
            replaces={"state": (LONG,)},
        ).ref,
    ]
    with some_databases(kind, tmp_path) as databases, a_centre(databases).closing() as store:
        assert [*taken_in(store, rogue.entries)] == unfit
        with store.read() as reader:
            assert [card.evidence_count for card in reader.board()] == [1]
        assert store.verify(SILENT) == ()
        assert store.rebuild(SILENT) == store.digest()

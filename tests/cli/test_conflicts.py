"""A conflict between two desks, seen and settled by commands alone."""

from __future__ import annotations

from pathlib import Path

from tests.cli.terminal import Terminal
from tests.cli.test_case_holder import exchange, registered, sessions

__all__ = ["sessions"]


def test_two_values_are_listed_and_one_is_taken(
    sessions: tuple[Terminal, Terminal], quick_folder: Path
) -> None:
    first, second = sessions
    case = registered(first)
    exchange(sessions, quick_folder / "shared")
    assert first.json("bundle", "conflicts") == {"conflicts": []}
    assert first.say("bundle", "conflicts").status == 0
    first.json("report", "offer", case, "--to", "B", "--reason", "换班")
    second.json("report", "take-over", case, "--reason", "A 台故障")
    exchange(sessions, quick_folder / "shared")
    (row,) = first.json("bundle", "conflicts", case)["conflicts"]
    assert (row["number"], row["field"], len(row["values"])) == (case, "charge", 2)
    shown = first.say("bundle", "conflicts").out
    assert all(part in shown for part in (row["conflict"], case, "1. ", "2. ", "2026-11-24"))
    assert "王建国" in shown or "马晓梅" in shown, "both desks know an officer of that number"
    first.refused("conflict.choice", "bundle", "settle", row["conflict"], "--take", "3")
    first.refused("case.unknown", "bundle", "conflicts", "nothing")
    done = first.json("bundle", "settle", row["conflict"], "--take", "2")
    assert done["taken"] == row["values"][1]["value"]
    assert first.json("bundle", "conflicts") == {"conflicts": []}
    first.refused("conflict.unknown", "bundle", "settle", row["conflict"], "--take", "2")
    exchange(sessions, quick_folder / "shared")
    assert second.json("bundle", "conflicts") == {"conflicts": []}

"""Which alarms this device has raised: working material like drafts, encrypted with everything else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sqlalchemy.engine import Connection

from desktop.storage.database.statements import run

_RAISED: Final = "SELECT clock, stage FROM alarm"
_KEEP: Final = (
    "INSERT INTO alarm (clock, stage, raised_at) VALUES (?, ?, ?) ON CONFLICT (clock) "
    "DO UPDATE SET stage = excluded.stage, raised_at = excluded.raised_at WHERE excluded.stage > alarm.stage"
)


def raised(connection: Connection) -> dict[str, int]:
    """Clock → the highest stage an alarm was raised at."""
    return {row[0]: int(row[1]) for row in run(connection, _RAISED)}


def keep(connection: Connection, stages: Mapping[str, int], raised_at: str) -> None:
    """Remember; a stage only ever rises."""
    rows = [(clock, stage, raised_at) for clock, stage in sorted(stages.items())]
    if rows:
        run(connection, _KEEP, rows)

"""What the main window is told by the application, and what it asks of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from desktop.domain.case_file.case_filter import CaseFilter
from desktop.ui.shared.widgets.tables.search_results import SearchHits
from desktop.ui.shared.widgets.texts.clock_face import ClockSpan
from desktop.ui.shell.search_filter_bar import SearchChoices

EVERY_SEARCH: Final = SearchChoices()


@dataclass(frozen=True, slots=True)
class LockClock:
    """A clock that stays in sight while the desk is locked. ``label`` names no person."""

    label: str
    span: ClockSpan


@dataclass(frozen=True, slots=True)
class WindowHost:
    """Who is signed in, where, and the calls behind the window.

    ``search`` and ``unlock`` run off the GUI thread; ``unlock`` raises an ``AppError`` for a wrong
    password. ``clocks`` is asked at each lock and must be quick.
    """

    officer_name: str
    officer_number: str
    unit_name: str
    search: Callable[[str, CaseFilter], SearchHits]
    unlock: Callable[[str], object]
    clocks: Callable[[], tuple[LockClock, ...]]
    search_choices: SearchChoices = EVERY_SEARCH
    """What its hits can be narrowed by."""
    on_server: bool = False
    """Whether what is recorded lies in a centre's database on a server."""


@dataclass(frozen=True, slots=True)
class DeskStatus:
    """The status bar. ``saved_at`` is None until it was read, ``last_receipt`` before the first."""

    saved_at: datetime | None = None
    pending_cases: int = 0
    pending_entries: int = 0
    pending_bytes: int = 0
    last_receipt: datetime | None = None
    enrolled: bool = True
    sends: bool = True
    """Whether what is recorded here goes to a centre; a centre's own stations are told of in its inbox."""
    server: bool | None = None
    """Whether the server that has the database answered at the last look; None where the database is on this PC."""
    task_dues: tuple[datetime, ...] = ()
    """When open tasks are due, earliest first."""

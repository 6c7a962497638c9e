"""Options by which commands that list cases are about some of them only."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any, Final

from desktop.cli.context import CommandContext
from desktop.domain.case_file.case_filter import CaseFilter
from desktop.domain.cases.case import CaseState, Visit
from desktop.domain.time.local_time import CHINA
from desktop.runtime.texts.catalogue import Catalogue

_EARLIEST: Final = date(1900, 1, 1)
_LATEST: Final = date(2999, 12, 31)
"""Beyond these, days leave what a time can say."""


def add_filter(command: Any, texts: Catalogue) -> None:
    """Declare the options."""
    command.add_argument(
        "--state", choices=[state.value for state in CaseState], default="",
        help=texts.text("cli.help.filter_state"),
    )  # fmt: skip
    command.add_argument(
        "--type", metavar="CODE", default="", help=texts.text("cli.help.filter_type")
    )
    command.add_argument(
        "--visit", choices=[visit.value for visit in Visit], default="",
        help=texts.text("cli.help.filter_visit"),
    )  # fmt: skip
    command.add_argument(
        "--taken-by", metavar="NUMBER", default="", help=texts.text("cli.help.filter_taken_by")
    )
    command.add_argument(
        "--unit", metavar="NAME", default="", help=texts.text("cli.help.filter_unit")
    )
    for name in ("since", "until"):
        command.add_argument(
            f"--{name}", metavar="YYYY-MM-DD", type=date.fromisoformat,
            help=texts.text(f"cli.help.filter_{name}"),
        )  # fmt: skip


def case_filter(context: CommandContext) -> CaseFilter:
    """What the options say. Days are those of China, the last one included."""
    args = context.args
    return CaseFilter(
        state=args.state, type=args.type, visit=args.visit, officer=args.taken_by,
        unit=args.unit,
        since=_morning(args.since) if args.since else None,
        before=_morning(args.until) + timedelta(days=1) if args.until else None,
    )  # fmt: skip


def _morning(day: date) -> datetime:
    return datetime.combine(min(max(day, _EARLIEST), _LATEST), time(), CHINA)

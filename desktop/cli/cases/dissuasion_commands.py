"""``report dissuade``: how a call went to somebody who is about to be cheated."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from desktop.cli.context import CommandContext, CommandOutcome
from desktop.domain.cases.answers import choice_mark
from desktop.domain.cases.case import Visit
from desktop.domain.cases.dissuasion import LEVEL, OUTCOME
from desktop.domain.cases.scam_types import ScriptQuestion
from desktop.domain.errors import UserInputError
from desktop.domain.records.fields import Json
from desktop.domain.time.clock import to_wire
from desktop.domain.time.local_time import read_time, show_time
from desktop.runtime.texts.catalogue import Catalogue
from desktop.services.calls.dissuade import CallOut, record_call_out
from desktop.services.look_up import case_file, find_case


def declare_dissuasion(verbs: Any, texts: Catalogue) -> None:
    """Declare the command."""
    verb = verbs.add_parser("dissuade", help=texts.text("cli.help.report_dissuade"))
    verb.add_argument("case", metavar="CASE")
    verb.add_argument("--outcome", metavar="OUTCOME", required=True)
    for name in ("level", "saved", "next", "note"):
        verb.add_argument(f"--{name}", metavar=name.upper(), default="")
    verb.set_defaults(run=dissuade)


def dissuade(context: CommandContext) -> CommandOutcome:
    """Record a call and when the next one is due; without ``--level`` the level of the warning stays."""
    args, words = context.args, context.texts.text("calls.dissuade.task")
    with context.session() as session:
        case = case_file(session, find_case(session, args.case)).case
        lines = session.scripts.visit(Visit.DISSUASION).questions
        level = _chosen(lines, LEVEL, args.level) or dict(case.answers).get(LEVEL, "")
        outcome = _chosen(lines, OUTCOME, args.outcome)
        next_at = read_time(args.next, session.clock.now())
        if args.next and next_at is None:
            raise UserInputError("report.time", where="next")
        call = CallOut(level, outcome, words, args.saved, next_at, args.note)
        due = record_call_out(session, case.id, call)
    document: dict[str, Json] = {
        "number": case.number,
        "outcome": args.outcome,
        "call_again": to_wire(due) if due is not None else "",
    }
    key = "dissuaded" if due is None else "dissuaded_again"
    at = show_time(due) if due is not None else ""
    return CommandOutcome(document, (context.text(key, number=case.number, at=at),))


def _chosen(lines: Iterable[ScriptQuestion], question: str, choice: str) -> str:
    """The answer as it is recorded; raises ``UserInputError("report.choice")``."""
    known = {one.id for line in lines if line.id == question for one in line.choices}
    if choice and choice not in known:
        raise UserInputError("report.choice", where=question, value=choice)
    return choice_mark(choice) if choice else ""

"""``task``: what a centre gives its stations to do, what they answer, and what a station asks another for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from desktop.cli.context import CommandContext, CommandOutcome
from desktop.cli.revealing import add_reveal, listed, masked_outcome, note_reveal
from desktop.cli.standard_input import read_json
from desktop.domain.case_file.assigned_rows import AssignedRow, AssignedView
from desktop.domain.case_file.task_terms import overdue
from desktop.domain.cases.tasks.assigned_task import AssignedKind, TaskResult
from desktop.domain.errors import UserInputError
from desktop.domain.ids import TaskId
from desktop.domain.installation.profile import InstallationRole
from desktop.domain.records.fields import Json
from desktop.domain.time.clock import to_wire
from desktop.domain.time.local_time import read_time, show_time
from desktop.runtime.files.atomic_file import write_atomic
from desktop.runtime.texts.catalogue import Catalogue
from desktop.services.assigned_tasks.answer_task import accept_task, finish_assigned, return_task
from desktop.services.assigned_tasks.decide_request import (
    Passing,
    pass_on_request,
    refuse_request,
)
from desktop.services.assigned_tasks.enclose_files import (
    MOST_FILES,
    enclose_evidence,
    enclose_files,
)
from desktop.services.assigned_tasks.give_task import TypedTask, give_task, withdraw_task
from desktop.services.assigned_tasks.list_assigned import (
    count_assigned,
    find_assigned,
    list_assigned,
    responsible_now,
)
from desktop.services.assigned_tasks.request_task import (
    TypedRequest,
    request_again,
    request_task,
    withdraw_request,
)
from desktop.services.assigned_tasks.task_slip import draw_task_slip
from desktop.services.look_up import find_case
from desktop.services.papers.note_print import note_saved
from desktop.services.session import Session

_MOST = 1000


def add(commands: Any, texts: Catalogue) -> None:
    """Declare the commands."""
    group = commands.add_parser("task", help=texts.text("cli.help.task"))
    verbs = group.add_subparsers(dest="verb", required=True)

    def verb(name: str, run: Callable[[CommandContext], CommandOutcome]) -> Any:
        made = verbs.add_parser(name, help=texts.text(f"cli.help.task_{name.replace('-', '_')}"))
        made.set_defaults(run=run)
        return made

    verb("add", add_one).add_argument("file", metavar="FILE.json|-")
    every = verb("list", list_tasks)
    every.add_argument(
        "--view", choices=list(AssignedView), type=AssignedView, default=AssignedView.OPEN
    )
    every.add_argument("--unit", metavar="UNIT", default="")
    every.add_argument("--kind", choices=list(AssignedKind), type=AssignedKind)
    add_reveal(every, texts)
    slip = verb("slip", write_slip)
    slip.add_argument("task", metavar="TASK")
    slip.add_argument("--to", metavar="FILE.pdf", required=True)
    verb("accept", accept_one).add_argument("task", metavar="TASK")
    done = verb("done", finish_one)
    done.add_argument("task", metavar="TASK")
    done.add_argument("--result", metavar="TEXT", required=True)
    done.add_argument(
        "--outcome", choices=list(TaskResult), type=TaskResult, default=TaskResult.ACHIEVED
    )
    back = verb("return", return_one)
    back.add_argument("task", metavar="TASK")
    back.add_argument("--reason", metavar="TEXT", required=True)
    verb("withdraw", withdraw_one).add_argument("task", metavar="TASK")
    _add_requests(verb)


def _add_requests(verb: Callable[[str, Callable[[CommandContext], CommandOutcome]], Any]) -> None:
    files = verb("attach", attach_files)
    files.add_argument("task", metavar="TASK")
    files.add_argument("files", metavar="FILE", nargs="*", type=Path)
    files.add_argument("--case", metavar="CASE", default="")
    asking = verb("request", request_one)
    asking.add_argument("file", metavar="FILE.json|-")
    asking.add_argument("--again", metavar="TASK", default="")
    passing = verb("pass-on", pass_on_one)
    passing.add_argument("task", metavar="TASK")
    passing.add_argument("--to", metavar="UNIT", required=True)
    passing.add_argument("--note", metavar="TEXT", default="")
    passing.add_argument("--evidence", action="store_true")
    refusal = verb("refuse", refuse_one)
    refusal.add_argument("task", metavar="TASK")
    refusal.add_argument("--reason", metavar="TEXT", required=True)


def add_one(context: CommandContext) -> CommandOutcome:
    """Give a station a task."""
    document = read_json(context.args.file)
    with context.session() as session:
        task = give_task(session, _typed(session, document)).id
        return _answered(context, session, task)


def list_tasks(context: CommandContext) -> CommandOutcome:
    """A part of the tasks given, numbers of persons masked without ``--reveal``."""
    args = context.args
    with context.session() as session:
        page = list_assigned(session, args.view, unit=args.unit, kind=args.kind, limit=_MOST)
        note_reveal(context, session, [row.case for row in page.rows])
        rows: list[Json] = [_row(session, row) for row in page.rows]
        lines = [_line(context, row) for row in page.rows] or [context.text("task_none")]
        counts: dict[str, Json] = {
            view.value: count for view, count in count_assigned(session).items()
        }
    return listed(context, {"tasks": rows, "counts": counts}, lines)


def write_slip(context: CommandContext) -> CommandOutcome:
    """The slip of a task on paper, which is noted in the history of its case."""
    target = context.args.to
    with context.session() as session:
        pdf = draw_task_slip(session, context.args.task)
        write_atomic(Path(target), pdf.data)
        note_saved(session, pdf)
    document: dict[str, Json] = {"file": target, "pages": pdf.pages}
    return CommandOutcome(document, (context.text("written", file=target),))


def accept_one(context: CommandContext) -> CommandOutcome:
    """Accept a task of the centre."""
    return _done(context, accept_task)


def finish_one(context: CommandContext) -> CommandOutcome:
    """Report what came of a task."""
    args = context.args
    return _done(
        context, lambda session, task: finish_assigned(session, task, args.result, args.outcome)
    )


def return_one(context: CommandContext) -> CommandOutcome:
    """Return a task to the centre."""
    reason = context.args.reason
    return _done(context, lambda session, task: return_task(session, task, reason))


def withdraw_one(context: CommandContext) -> CommandOutcome:
    """Withdraw a task that is not done; at a station a request of its own."""
    return _done(context, _withdraw)


def attach_files(context: CommandContext) -> CommandOutcome:
    """Send files, and evidence of a case that this centre holds, along with a task."""
    args, progress = context.args, context.progress
    if not args.files and not args.case:
        raise UserInputError("task.files", count=MOST_FILES)
    source = context.texts.text("assigned.file_source")
    with context.session() as session:
        task = TaskId(args.task.strip())
        if args.files:
            enclose_files(session, task, args.files, source, progress)
        if args.case:
            enclose_evidence(session, task, find_case(session, args.case))
        return _answered(context, session, task)


def request_one(context: CommandContext) -> CommandOutcome:
    """Ask another station for something."""
    document = read_json(context.args.file)
    with context.session() as session:
        typed = TypedRequest(_typed(session, document), _text(document, "place"))
        former = TaskId(context.args.again.strip())
        made = request_again(session, former, typed) if former else request_task(session, typed)
        return _answered(context, session, made.id)


def pass_on_one(context: CommandContext) -> CommandOutcome:
    """Make a task of another station of a request."""
    args = context.args
    passing = Passing(args.to.strip(), note=args.note, evidence=args.evidence)
    return _done(context, lambda session, task: pass_on_request(session, task, passing))


def refuse_one(context: CommandContext) -> CommandOutcome:
    """Pass a request on to nobody."""
    reason = context.args.reason
    return _done(context, lambda session, task: refuse_request(session, task, reason))


def _withdraw(session: Session, task: TaskId) -> None:
    at_centre = session.profile.role is InstallationRole.CENTRE
    (withdraw_task if at_centre else withdraw_request)(session, task)


def _done(context: CommandContext, action: Callable[[Session, TaskId], object]) -> CommandOutcome:
    with context.session() as session:
        task = TaskId(context.args.task.strip())
        action(session, task)
        return _answered(context, session, task)


def _answered(context: CommandContext, session: Session, task: TaskId) -> CommandOutcome:
    row = find_assigned(session, task)
    document: dict[str, Json] = {
        "task": task,
        "case": row.case,
        "unit": row.unit_code,
        "state": row.one.state.value,
        "files": row.files,
    }
    return masked_outcome(CommandOutcome(document, (_line(context, row),)))


def _typed(session: Session, document: Any) -> TypedTask:
    """As a document tells it; raises ``UserInputError("task.document")`` for what is none."""
    if not isinstance(document, Mapping):
        raise UserInputError("task.document", field="-")
    kind, case = _text(document, "kind"), _text(document, "case")
    if kind not in set(AssignedKind):
        raise UserInputError("task.document", field="kind")
    urgent = document.get("urgent", False)
    if not isinstance(urgent, bool):
        raise UserInputError("task.document", field="urgent")
    return TypedTask(
        unit=_text(document, "unit"),
        kind=AssignedKind(kind),
        words=_text(document, "text"),
        due=_due(document, session.clock.now()),
        urgent=urgent,
        case=find_case(session, case) if case else "",
        name=_text(document, "name"),
        phone=_text(document, "phone"),
        address=_text(document, "address"),
    )


def _due(document: Mapping[str, Any], now: datetime) -> datetime | None:
    typed = _text(document, "due")
    due = read_time(typed, now) if typed else None
    if typed and due is None:
        raise UserInputError("task.document", field="due")
    return due


def _text(document: Mapping[str, Any], name: str) -> str:
    value = document.get(name, "")
    if not isinstance(value, str):
        raise UserInputError("task.document", field=name)
    return value


def _row(session: Session, row: AssignedRow) -> dict[str, Json]:
    one, who = row.one, responsible_now(session, row)
    return {
        "task": one.task.id,
        "case": row.case,
        "number": row.case_number,
        "unit": row.unit_code,
        "unit_name": row.unit_name,
        "kind": one.kind.value,
        "urgent": one.urgent,
        "text": one.task.text,
        "victim": row.victim,
        "given_at": to_wire(one.task.made_at) if one.task.made_at else "",
        "due": to_wire(one.task.due) if one.task.due else "",
        "overdue": overdue(session.rules, one, session.clock.now()),
        "state": one.state.value,
        "state_at": to_wire(one.state_at) if one.state_at else "",
        "by": one.by,
        "result": one.result.value if one.result else "",
        "words": one.words,
        "responsible": who.value if who else "",
        "place": one.request.place if one.request else "",
        "files": row.files,
        "receiver": one.request.receiver if one.request else "",
    }


def _line(context: CommandContext, row: AssignedRow) -> str:
    one, words = row.one, context.texts.text
    return context.text(
        "task_row",
        task=one.task.id,
        unit=row.unit_name,
        kind=words(f"assigned.kind.{one.kind.value}"),
        due=show_time(one.task.due) if one.task.due else "-",
        state=words(f"assigned.state.{one.state.value}"),
        text=one.task.text,
    )

"""``centre pack | replies | chase | hand-over``: orders out to those who act, and their answers back."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from desktop.centre.answers import take_files
from desktop.centre.batch_files import write_batches
from desktop.centre.hand_over_slip import WAYS, hand_over_slip
from desktop.centre.replies import reply_to_all
from desktop.centre.waiting_slips import waiting_slips
from desktop.cli.centre import duty_commands
from desktop.cli.centre_session import centre_session
from desktop.cli.context import CommandContext, CommandOutcome
from desktop.cli.orders.current_reply import baseline_for, both, unseen
from desktop.cli.orders.reply_document import reply_of
from desktop.cli.standard_input import read_json
from desktop.domain.case_file.orders.dispatch_batch import DispatchBatch, WrittenBatch
from desktop.domain.errors import UserInputError
from desktop.domain.masking import masked_cells
from desktop.domain.records.fields import Json
from desktop.domain.time.clock import to_wire
from desktop.services.look_up import order
from desktop.services.orders.answers.answer_queue import (
    NO_REPLY,
    compare_answer,
    queued_answers,
    set_answer_aside,
    settle_answer,
)
from desktop.services.orders.answers.dispatch_batches import (
    batch_orders,
    dispatch_batches,
    remind,
    to_chase,
)
from desktop.services.orders.answers.hand_over_order import TelephoneCall, hand_over_order
from desktop.services.orders.answers.slip_batches import batch_slips
from desktop.services.orders.answers.take_answers import AnswerFile
from desktop.services.session import Session


def hand_over(context: CommandContext) -> CommandOutcome:
    """To whom an order was handed, now: one known by its slip alone, or one that is here and waits to be sent."""
    args = context.args
    with centre_session(context) as session:
        slips = waiting_slips(session)
        numbers = {one.order.number: one.id for one in slips if one.order is not None}
        name = numbers.get(args.order, args.order)
        here = "" if name in {one.id for one in slips} else _order_here(session, name)
        if here and args.how == WAYS[0]:
            hand_over_order(session, here, TelephoneCall(args.to, to=args.receiver))
        else:
            hand_over_slip(session, name, args.to, args.how)
    return CommandOutcome(
        {"order": args.order, "handed_to": args.to},
        (context.text("slip_handed", number=args.order, to=args.to),),
    )


def _order_here(session: Session, key: str) -> str:
    """Its id by id or number; "" for one that is known by no more than a slip."""
    try:
        return order(session, key).order.id
    except UserInputError:
        return ""


def add_options(replies: Any) -> None:
    """Declare what ``centre replies`` takes besides files."""
    replies.add_argument("--queue", action="store_true")
    replies.add_argument("--assign", nargs=2, metavar=("KEY", "ORDER"))
    replies.add_argument("--replaces", metavar="ENTRY", default="")
    replies.add_argument("--aside", nargs=2, metavar=("KEY", "REASON"))


def settle(context: CommandContext) -> CommandOutcome:
    """Settle one, then list what still waits. Where another reply stands, both are shown and nothing is done, unless
    ``--replaces`` names the one that stands."""
    args = context.args
    with centre_session(context) as session:
        if args.assign:
            refused = _assign(context, session, *args.assign)
            if refused is not None:
                return refused
        if args.aside:
            set_answer_aside(session, *args.aside)
        waiting = queued_answers(session)
    rows: list[Json] = [
        {
            "key": item.key,
            "file": item.file,
            "row": item.answer.row,
            "trouble": item.answer.trouble.value if item.answer.trouble else "",
            "code": item.code,
            "order": item.order,
            "texts": dict(masked_cells(item.answer.texts)),
        }
        for item in waiting
    ]
    lines = tuple(
        f"{item.key}  {item.file}:{item.answer.row}  "
        + context.texts.text(f"centre.trouble.{item.answer.trouble.value}")
        for item in waiting
        if item.answer.trouble
    )
    return CommandOutcome({"queue": rows}, lines)


def _assign(
    context: CommandContext, session: Session, key: str, order: str
) -> CommandOutcome | None:
    found = compare_answer(session, key, order)
    baseline = baseline_for(found.current, found.reply, context.args.replaces)
    if baseline is None and found.current is not None:
        return both(context, found.current, found.reply)
    settle_answer(session, key, order, baseline or NO_REPLY)
    return None


def add(verb: Any) -> None:
    """Declare the commands; ``verb`` makes a parser."""
    batch = verb("pack", make_batches)
    batch.add_argument("--to", metavar="DIR", required=True)
    batch.add_argument("--for", dest="receivers", metavar="NAME", action="append", default=[])
    batch.add_argument("--again", metavar="NUMBER", default="")
    batch.add_argument("--slips", action="store_true")
    handed = verb("hand-over", hand_over)
    handed.add_argument("order", metavar="ORDER")
    handed.add_argument("--to", metavar="NAME", required=True)
    handed.add_argument("--receiver", metavar="INSTITUTION", default="")
    handed.add_argument("--how", choices=WAYS, default=WAYS[0])
    replies = verb("replies", take_replies)
    replies.add_argument("files", metavar="FILE", nargs="*")
    add_options(replies)
    duty_commands.add(verb)
    verb("chase", show_late).add_argument("--to", metavar="DIR", default="")


def make_batches(context: CommandContext) -> CommandOutcome:
    """One folder of letters and tables for every receiver that orders wait for; ``--again`` writes one anew."""
    args, folder = context.args, Path(context.args.to)
    with centre_session(context) as desk:
        if args.again:
            made = tuple(batch for batch in dispatch_batches(desk) if batch.number == args.again)
            if not made:
                raise UserInputError("pack.unknown")
        elif args.slips:
            made = batch_slips(desk)
        else:
            made = batch_orders(desk, args.receivers)
        return _written(write_batches(desk, made, folder, context.progress))


def _batch_row(batch: DispatchBatch) -> dict[str, Json]:
    return {
        "number": batch.number,
        "receiver": batch.receiver,
        "made_at": to_wire(batch.made_at),
        "due_at": to_wire(batch.due_at),
        "orders": len(batch.orders),
        "unanswered": len(batch.unanswered),
    }


def show_late(context: CommandContext) -> CommandOutcome:
    """Dispatch batches that should have been answered by now; ``--to`` writes letter and table for each receiver."""
    folder = context.args.to
    if folder:
        return _write_reminders(context, Path(folder))
    with centre_session(context) as desk:
        late = to_chase(desk)
    rows: list[Json] = [_batch_row(batch) for batch in late]
    lines = tuple(f"{batch.number}  {batch.receiver}  {len(batch.unanswered)}" for batch in late)
    return CommandOutcome({"packs": rows}, lines)


def _write_reminders(context: CommandContext, folder: Path) -> CommandOutcome:
    with centre_session(context) as desk:
        return _written(write_batches(desk, remind(desk), folder, context.progress))


def _written(written: Iterable[WrittenBatch]) -> CommandOutcome:
    made = tuple(written)
    rows: list[Json] = [
        _batch_row(item.batch) | {"letter": str(item.letter), "workbook": str(item.workbook)}
        for item in made
    ]
    return CommandOutcome({"packs": rows}, tuple(str(item.workbook) for item in made))


def take_replies(context: CommandContext) -> CommandOutcome:
    """Tables of answers (xlsx, xls, csv), or replies as JSON; and what waits for a person."""
    args = context.args
    if args.queue or args.assign or args.aside:
        return settle(context)
    if not args.files:
        raise UserInputError("answers.no_file")
    tables = [Path(name) for name in args.files if not name.casefold().endswith(".json")]
    documents = [name for name in args.files if name.casefold().endswith(".json")]
    count, refused = _documents(context, documents) if documents else (0, None)
    if refused is not None:
        return refused
    with centre_session(context) as desk:
        done = take_files(desk, tables, context.progress)
    rows: list[Json] = [_file_row(context, item) for item in done]
    taken = count + sum(item.taken.taken for item in done if item.taken is not None)
    queued = sum(item.taken.queued for item in done if item.taken is not None)
    lines = [context.text("answers_taken", taken=taken, queued=queued)]
    lines += [
        context.text(
            "answers_refused", file=item.name, what=context.texts.error_text(item.error).what
        )
        for item in done
        if item.error is not None
    ]
    ok = all(item.error is None for item in done) and not queued
    return CommandOutcome({"replies": taken, "queued": queued, "files": rows}, tuple(lines), ok=ok)


def _documents(context: CommandContext, names: list[str]) -> tuple[int, CommandOutcome | None]:
    """Replies as JSON, the fields of message 100102, one object or a list a file. All are recorded, or none and why."""
    items: list[Any] = []
    for name in names:
        document = read_json(name)
        items += document if isinstance(document, list) else [document]
    with centre_session(context) as desk:
        answers = [(reply_of(desk, item), item) for item in items]
        baselines, refused = unseen(context, desk, answers)
        if refused is not None:
            return 0, refused
        replies = (
            (str(item.get("order", "")), made, stood)
            for (made, item), stood in zip(answers, baselines, strict=True)
        )
        return reply_to_all(desk, replies), None


def _file_row(context: CommandContext, item: AnswerFile) -> dict[str, Json]:
    if item.taken is None:
        error = item.error
        return {
            "file": item.name,
            "problem": error.code if error is not None else "",
            "text": context.texts.error_text(error).what if error is not None else "",
        }
    done = item.taken
    return {
        "file": item.name,
        "taken": done.taken,
        "already": done.already,
        "queued": done.queued,
        "waiting": done.waiting,
        "blank": done.blank,
        "stray": done.stray,
        "unread": list(done.unread),
        "rounded": list(done.rounded),
    }

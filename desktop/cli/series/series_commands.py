"""``series`` lists what belongs together; ``series decide``, ``series hub`` and ``series propose`` act on it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from desktop.centre.watch_package import make_watch_package
from desktop.cli.context import CommandContext, CommandOutcome
from desktop.cli.revealing import add_reveal, listed, note_reveal
from desktop.cli.series import people_commands
from desktop.domain.ids import CaseId
from desktop.domain.money.amounts import format_yuan
from desktop.domain.records.fields import Json
from desktop.domain.series.series import Hub, LinkVerdict, Series
from desktop.runtime.files.atomic_file import write_atomic
from desktop.runtime.texts.catalogue import Catalogue
from desktop.services.look_up import find_case
from desktop.services.series.decide_link import decide_link, mark_hub
from desktop.services.series.find_series import find_series
from desktop.services.series.propose_series import propose_series
from desktop.services.session import Session
from desktop.services.where_money_is import money_places, sums_document

_BACK = "none"


def add(commands: Any, texts: Catalogue) -> None:
    """Declare the commands."""
    parser = commands.add_parser("series", help=texts.text("cli.help.series"))
    add_reveal(parser, texts)
    parser.set_defaults(run=list_series)
    verbs = parser.add_subparsers(dest="verb", metavar="VERB")
    decide = verbs.add_parser("decide", help=texts.text("cli.help.series_decide"))
    decide.add_argument("cases", metavar="CASE", nargs=2)
    decide.add_argument("verdict", choices=[*(item.value for item in LinkVerdict), _BACK])
    decide.add_argument("--reason", default="", help=texts.text("cli.help.series_reason"))
    decide.set_defaults(run=decide_cases)
    hub = verbs.add_parser("hub", help=texts.text("cli.help.series_hub"))
    hub.add_argument("value", metavar="VALUE")
    hub.add_argument("--undo", action="store_true", help=texts.text("cli.help.series_undo"))
    hub.set_defaults(run=decide_hub)
    propose = verbs.add_parser("propose", help=texts.text("cli.help.series_propose"))
    propose.add_argument("case", metavar="CASE")
    propose.add_argument("--note", default="", help=texts.text("cli.help.series_note"))
    propose.set_defaults(run=propose_cases)
    people_commands.add(verbs, texts)
    watch = verbs.add_parser("watch", help=texts.text("cli.help.series_watch"))
    watch.add_argument("--version", dest="package_version", metavar="DATE", required=True)
    watch.add_argument("--to", metavar="FILE", required=True)
    watch.set_defaults(run=write_watch)


def list_series(context: CommandContext) -> CommandOutcome:
    """Every series, the largest loss first."""
    with context.session() as session:
        found = find_series(session, context.progress)
        with session.store.read() as reader:
            every = [case for item in found.series for case in item.group.cases]
            numbers = {line.id: line.number for line in reader.series_cases(every)}
            facts = {item.case: item for item in reader.clock_facts(cases=every)}
        now = session.clock.now()
        sums = [
            money_places(session, [facts[case] for case in item.group.cases if case in facts]).at(
                now
            )
            for item in found.series
        ]
        if context.args.reveal:
            note_reveal(context, session, (*every, *_linked(session, found.hubs)))
    lines = [
        context.text(
            "series_line",
            count=len(item.group.cases),
            units=item.units,
            yuan=format_yuan(item.loss_fen),
            by="、".join(item.group.by),
        )
        for item in found.series
    ]
    document: dict[str, Json] = {
        "series": [
            _document(item, numbers) | sums_document(one)
            for item, one in zip(found.series, sums, strict=True)
        ],
        "hubs": [
            {"value": hub.normal, "cases": hub.cases, "chosen": hub.chosen} for hub in found.hubs
        ],
    }
    return listed(context, document, lines or [context.text("series_none")])


def _linked(session: Session, hubs: Iterable[Hub]) -> list[CaseId]:
    """The cases that hold a value which links nothing."""
    with session.store.read() as reader:
        return [same.case for hub in hubs for same in reader.same_account(hub.normal, CaseId(""))]


def _document(item: Series, numbers: dict[CaseId, str]) -> dict[str, Json]:
    return {
        "series": item.group.id,
        "cases": list(item.group.cases),
        "numbers": [numbers[case] for case in item.group.cases],
        "by": list(item.group.by),
        "loss_fen": item.loss_fen,
        "units": item.units,
    }


def decide_cases(context: CommandContext) -> CommandOutcome:
    """Record what a person says of two cases."""
    args = context.args
    with context.session() as session:
        one, other = (find_case(session, name) for name in args.cases)
        verdict = None if args.verdict == _BACK else LinkVerdict(args.verdict)
        decide_link(session, one, other, verdict, args.reason)
    return CommandOutcome(
        {"cases": [one, other], "verdict": args.verdict}, (context.text("series_decided"),)
    )


def decide_hub(context: CommandContext) -> CommandOutcome:
    """Record that a value links nothing."""
    args = context.args
    with context.session() as session:
        mark_hub(session, args.value, hub=not args.undo)
    return CommandOutcome(
        {"value": args.value, "hub": not args.undo}, (context.text("series_decided"),)
    )


def propose_cases(context: CommandContext) -> CommandOutcome:
    """Tell the stations of a series; it goes with their next reply bundles."""
    with context.session() as session:
        count = propose_series(session, find_case(session, context.args.case), context.args.note)
    return CommandOutcome({"cases": count}, (context.text("series_proposed", count=count),))


def write_watch(context: CommandContext) -> CommandOutcome:
    """A signed package by which desks warn while a value is typed; ``pack take`` takes it in."""
    args = context.args
    with context.session() as session:
        made = make_watch_package(session, args.package_version)
    write_atomic(Path(args.to), made.data, mode=0o644)
    document: dict[str, Json] = {"file": args.to, "version": made.version, "values": made.values}
    line = context.text("watch_written", file=args.to, count=made.values)
    return CommandOutcome(document, (line,))

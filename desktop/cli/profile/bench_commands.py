"""``bench``: what the program takes, and desks of made-up cases to take it on."""

from __future__ import annotations

import os
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop.cli.context import CommandContext, CommandOutcome
from desktop.domain.errors import UserInputError
from desktop.runtime.texts.catalogue import Catalogue

if TYPE_CHECKING:
    from desktop.bench.sizes.goals import SizedFigure


def add(commands: Any, texts: Catalogue) -> None:
    """Declare the command."""
    bench = commands.add_parser("bench", help=texts.text("cli.help.bench"))
    bench.add_argument("names", metavar="NAME", nargs="*")
    bench.add_argument("--full", action="store_true", help=texts.text("cli.help.bench_full"))
    bench.add_argument("--sizes", metavar="N,N", help=texts.text("cli.help.bench_sizes"))
    bench.add_argument("--desks", metavar="DIR", help=texts.text("cli.help.bench_desks"))
    bench.add_argument("--report", metavar="FILE", help=texts.text("cli.help.bench_report"))
    bench.add_argument("--desk", metavar="DIR", help=texts.text("cli.help.bench_desk"))
    bench.add_argument(
        "--cases", metavar="N", type=int, default=1000, help=texts.text("cli.help.bench_cases")
    )
    bench.add_argument(
        "--seed", metavar="N", type=int, default=1, help=texts.text("cli.help.bench_seed")
    )
    bench.set_defaults(run=run_bench)


def run_bench(context: CommandContext) -> CommandOutcome:
    """Speed, as ratios to a baseline of the same run."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    if context.args.desk is not None:
        return _make_desk(context)
    if context.args.sizes is not None:
        return _measure_sizes(context)
    from desktop.bench.run import run  # noqa: PLC0415 - loads everything it measures

    rows = run(context.args.names, full=context.args.full)
    listing = [
        {
            "name": row.name,
            "value": row.value,
            "unit": row.unit,
            "baseline": row.baseline,
            "ratio": row.ratio,
        }
        for row in rows
    ]
    lines = tuple(
        context.text(
            "bench_row",
            name=row.name,
            value=f"{row.value:.3f}",
            unit=row.unit,
            baseline="—" if row.baseline is None else f"{row.baseline:.3f}",
            ratio="—" if row.ratio is None else f"{row.ratio:.2f}",
        )
        for row in rows
    )
    return CommandOutcome({"rows": listing}, lines)


def _measure_sizes(context: CommandContext) -> CommandOutcome:
    """Each figure at each size; for people it is printed as it comes."""
    from desktop.bench.sizes import report  # noqa: PLC0415 - as above
    from desktop.bench.sizes.measure_sizes import (  # noqa: PLC0415 - as above
        SOAK,
        SizesWish,
        measure_sizes,
        sizes_of,
    )

    args = context.args
    page = None if args.report is None else Path(args.report).absolute()
    soaks = tuple(args.names) == (SOAK,)
    if page is not None:  # the figures may take hours
        report.around_marks(page, report.SOAK_MARKS if soaks else report.MARKS)
    desks = None if args.desks is None else Path(args.desks).absolute()
    wish = SizesWish(sizes_of(args.sizes), tuple(args.names), desks, args.seed)
    figures = []
    for figure in measure_sizes(wish):
        figures.append(figure)
        if not args.json:
            sys.stdout.write(_line(context, figure) + "\n")
            sys.stdout.flush()
    if page is not None:
        from desktop.domain.time.local_time import CHINA  # noqa: PLC0415 - as above
        from desktop.runtime.system_clock import SystemClock  # noqa: PLC0415 - as above

        today = SystemClock().now().astimezone(CHINA).date()
        (report.write_soak if soaks else report.write_report)(page, figures, today)
    listing = [{**asdict(figure), "ok": figure.ok} for figure in figures]
    return CommandOutcome({"rows": listing})


def _line(context: CommandContext, figure: SizedFigure) -> str:
    none = "—"
    sign = "≥" if figure.at_least else "≤"
    return context.text(
        "bench_figure",
        name=figure.name,
        size=f"{figure.size:,}" if figure.size else none,
        value=f"{figure.compared:,g}",
        unit="×" if figure.of_ratio else figure.unit,
        goal=none if figure.goal is None else f"{sign} {figure.goal:,g}",
        verdict=context.text(f"bench_verdict.{figure.verdict}") if figure.verdict else none,
    )


def _make_desk(context: CommandContext) -> CommandOutcome:
    """A desk of made-up cases, to be tried and measured."""
    from desktop.bench.desks.make_desk import PASSWORD, make_desk  # noqa: PLC0415 - as above

    args, folder = context.args, Path(context.args.desk).absolute()
    if args.cases < 1:
        raise UserInputError("bench.no_cases")
    make_desk(folder, args.cases, args.seed, context.progress)
    made = context.text("bench_desk", count=args.cases, folder=str(folder), password=PASSWORD)
    return CommandOutcome({"ok": True, "folder": str(folder), "cases": args.cases}, (made,))

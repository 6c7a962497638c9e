"""``report supplement``: what was told after a report was registered."""

from __future__ import annotations

from typing import Any

from desktop.cli.context import CommandContext, CommandOutcome
from desktop.domain.cases.supplement import SupplementSource, SupplementText
from desktop.runtime.catalogue import Catalogue
from desktop.services.cases.add_supplement import add_supplement
from desktop.services.look_up import find_case


def add(verbs: Any, words: Catalogue) -> None:
    """Declare the command."""
    supplement = verbs.add_parser("supplement", help=words.text("cli.help.report_supplement"))
    supplement.add_argument("case", metavar="CASE")
    supplement.add_argument("--text", metavar="TEXT", default="")
    supplement.add_argument("--lead", metavar="VALUE", action="append", default=[])
    supplement.add_argument(
        "--source", choices=list(SupplementSource), type=SupplementSource,
        default=SupplementSource.REPORTER,
    )  # fmt: skip
    supplement.set_defaults(run=supplement_report)


def supplement_report(context: CommandContext) -> CommandOutcome:
    """Record it; nothing that stands is changed."""
    args = context.args
    with context.session() as desk:
        case = find_case(desk, args.case)
        typed = SupplementText(
            args.source, desk.clock.now(), args.text, identifiers="\n".join(args.lead)
        )
        made = add_supplement(desk, case, typed)
    return CommandOutcome(
        {"supplement": made.id}, (context.text("supplemented", number=args.case),)
    )

"""``report merge | unmerge``: reports of one event as one case, and back."""

from __future__ import annotations

from typing import Any

from desktop.cli.context import CommandContext, CommandOutcome
from desktop.runtime.catalogue import Catalogue
from desktop.services.cases.merge_cases import merge_cases, unmerge_case
from desktop.services.look_up import case_file, find_case


def add(verbs: Any, words: Catalogue) -> None:
    """Declare the commands."""
    merge = verbs.add_parser("merge", help=words.text("cli.help.report_merge"))
    merge.add_argument("lead", metavar="CASE")
    merge.add_argument("other", metavar="OTHER")
    merge.add_argument("--reason", metavar="TEXT", default="")
    merge.set_defaults(run=merge_reports)
    unmerge = verbs.add_parser("unmerge", help=words.text("cli.help.report_unmerge"))
    unmerge.add_argument("case", metavar="CASE")
    unmerge.add_argument("--reason", metavar="TEXT", required=True)
    unmerge.set_defaults(run=unmerge_report)


def merge_reports(context: CommandContext) -> CommandOutcome:
    """Let the first case lead."""
    with context.session() as desk:
        lead, other = (find_case(desk, name) for name in (context.args.lead, context.args.other))
        group = merge_cases(desk, lead, other, context.args.reason)
        numbers = [case_file(desk, case).case.number for case in (group.lead, *group.members)]
    line = context.text("merged", number=numbers[0], others=" ".join(numbers[1:]))
    return CommandOutcome({"lead": numbers[0], "merged": list(numbers[1:])}, (line,))


def unmerge_report(context: CommandContext) -> CommandOutcome:
    """Let a merged case stand by itself again."""
    with context.session() as desk:
        case = find_case(desk, context.args.case)
        lead = unmerge_case(desk, case, context.args.reason)
        numbers = [case_file(desk, name).case.number for name in (case, lead)]
    line = context.text("unmerged", number=numbers[0], lead=numbers[1])
    return CommandOutcome({"case": numbers[0], "lead": numbers[1]}, (line,))

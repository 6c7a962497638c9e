"""``report interview``: when, where, by whom and of whom a person was interviewed, and what was asked and said."""

from __future__ import annotations

import json
from typing import Any

from desktop.cli.context import CommandContext, CommandOutcome
from desktop.cli.revealing import add_reveal
from desktop.cli.standard_input import read_json
from desktop.domain.case_file.views import CaseFile
from desktop.runtime.texts.catalogue import Catalogue
from desktop.services.audit.open_case import open_case
from desktop.services.cases.mask_document import masked_document
from desktop.services.cases.reveal_case import reveal_case
from desktop.services.look_up import case_file, find_case, officer_names
from desktop.services.papers.interview_document import (
    about_of,
    interview_document,
    interview_from_document,
    require_supplement,
)
from desktop.services.papers.record_interview import (
    end_interview,
    record_interview,
    start_interview,
)
from desktop.services.session import Session


def declare_interview(verbs: Any, texts: Catalogue) -> None:
    """Declare the command."""
    interview = verbs.add_parser("interview", help=texts.text("cli.help.report_interview"))
    interview.add_argument("case", metavar="CASE")
    interview.add_argument("--supplement", metavar="N", type=int, default=0)
    act = interview.add_mutually_exclusive_group()
    act.add_argument("--start", action="store_true")
    act.add_argument("--end", action="store_true")
    act.add_argument("--set", metavar="FILE.json", default="")
    add_reveal(interview, texts)
    interview.set_defaults(run=interview_report)


def interview_report(context: CommandContext) -> CommandOutcome:
    """Start it, end it, record what a document says of it; then, or without any of these, show it."""
    args = context.args
    typed = read_json(args.set) if args.set else None
    with context.session() as desk:
        case = find_case(desk, args.case)
        open_case(desk, case)
        file = case_file(desk, case)
        _act(context, desk, file, about_of(file, args.supplement), typed)
        file = case_file(desk, case)
        document = interview_document(desk, file, args.supplement, officer_names(desk))
        if args.reveal:
            reveal_case(desk, case)
        else:
            document = masked_document(document)
    return CommandOutcome(document, (json.dumps(document, ensure_ascii=False, indent=2),))


def _act(context: CommandContext, desk: Session, file: CaseFile, about: str, typed: Any) -> None:
    args, case = context.args, file.case.id
    if args.start:
        start_interview(desk, case, about)
    elif args.end:
        end_interview(desk, case, about)
    elif args.set:
        parties = [party.id for party in file.case.everyone[1:]]
        read = interview_from_document(typed, parties, "interview")
        require_supplement(typed, args.supplement, "interview")
        record_interview(desk, case, read, about)

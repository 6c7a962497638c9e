"""``--reveal`` of a list: personal numbers in full, which is an entry for each case; without it they are masked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from desktop.cli.context import CommandContext, CommandOutcome
from desktop.domain.ids import CaseId
from desktop.domain.masking import masked_text
from desktop.runtime.texts.catalogue import Catalogue
from desktop.services.cases.mask_document import masked_document
from desktop.services.cases.reveal_case import reveal_cases
from desktop.services.session import Session


def add_reveal(parser: Any, texts: Catalogue) -> None:
    """Declare the option."""
    parser.add_argument("--reveal", action="store_true", help=texts.text("cli.help.reveal"))


def note_reveal(context: CommandContext, session: Session, cases: Iterable[str]) -> None:
    """Record what is about to be shown in full. A slip whose report did not come yet has no case."""
    known = [CaseId(case) for case in cases if case]
    if context.args.reveal and known:
        reveal_cases(session, known)


def listed(
    context: CommandContext, document: Mapping[str, Any], lines: Sequence[str]
) -> CommandOutcome:
    """The list as it was asked for."""
    outcome = CommandOutcome(document, tuple(lines))
    return outcome if context.args.reveal else masked_outcome(outcome)


def masked_outcome(outcome: CommandOutcome) -> CommandOutcome:
    """The same without whole personal numbers."""
    lines = tuple(masked_text(line) for line in outcome.lines)
    return replace(outcome, document=masked_document(outcome.document), lines=lines)

"""``rules list``: the rules by which this computer counts."""

from __future__ import annotations

from typing import Any

from desktop.cli.context import CommandContext, CommandOutcome
from desktop.domain.records.fields import Json
from desktop.runtime.texts.catalogue import Catalogue
from desktop.services.list_rules import list_rules, rule_document, rule_row


def add(commands: Any, texts: Catalogue) -> None:
    """Declare the commands."""
    group = commands.add_parser("rules", help=texts.text("cli.help.rules"))
    verbs = group.add_subparsers(dest="verb", required=True)
    verbs.add_parser("list", help=texts.text("cli.help.rules_list")).set_defaults(run=show_rules)


def show_rules(context: CommandContext) -> CommandOutcome:
    """Every rule in force today, what is doubtful marked."""
    with context.session() as session:
        rules = list_rules(session)
    words = context.texts.text
    documents: list[Json] = [rule_document(item, words) for item in rules]
    lines = ("  ".join(filter(None, rule_row(item, words))) for item in rules)
    return CommandOutcome({"rules": documents}, tuple(lines))

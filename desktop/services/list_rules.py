"""List the rules by which this computer counts, to be read, checked, printed and taken along as a table."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from typing import Final

from desktop.domain.law.rule_list import ListedRule, listed_rules
from desktop.domain.law.rules import LegalRule, Unit
from desktop.domain.records.fields import Json
from desktop.domain.text.table_cells import harmless
from desktop.services.session import Session

Words = Callable[..., str]
"""A text of the catalogue by its key, with its placeholders."""
COLUMNS: Final = ("name", "value", "source", "article", "valid_from", "checked", "doubt", "note")
"""Of the printed list and of the table; the texts are ``rules_list.column.<name>``."""
_FEN: Final = 100


def list_rules(session: Session) -> tuple[ListedRule, ...]:
    """Every rule in force today."""
    return listed_rules(session.rules.rules, session.today)


def rule_name(rule: LegalRule, words: Words) -> str:
    """As screens call it; a rule of a newer pack that has no name yet by its id."""
    key = f"rules.{rule.id}"
    name = words(key)
    return rule.id if name == key else name


def value_text(rule: LegalRule, words: Words) -> str:
    """``48 小时``, ``3,000 元``."""
    if rule.unit is Unit.FEN:
        whole, rest = divmod(rule.value, _FEN)
        yuan = f"{whole:,}.{rest:02}" if rest else f"{whole:,}"
        return words("rules.unit.fen", yuan=yuan)
    return words(f"rules.unit.{rule.unit.value}", count=rule.value)


def rule_row(item: ListedRule, words: Words) -> tuple[str, ...]:
    """What stands in ``COLUMNS``."""
    rule = item.rule
    doubt = words("rules_list.doubtful") if item.doubtful else ""
    return (
        rule_name(rule, words), value_text(rule, words), item.source, item.article,
        f"{rule.valid_from}", f"{rule.checked}", doubt, rule.note,
    )  # fmt: skip


def rule_document(item: ListedRule, words: Words) -> dict[str, Json]:
    """The same for programs."""
    rule = item.rule
    return {
        "id": rule.id,
        "name": rule_name(rule, words),
        "value": rule.value,
        "unit": rule.unit.value,
        "source": item.source,
        "article": item.article,
        "valid_from": f"{rule.valid_from}",
        "checked": f"{rule.checked}",
        "doubt": item.doubtful,
        "note": rule.note,
    }


def rules_table(rules: Sequence[ListedRule], words: Words) -> bytes:
    """CSV for spreadsheets, with a heading."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(words(f"rules_list.column.{name}") for name in COLUMNS)
    writer.writerows(map(harmless, rule_row(item, words)) for item in rules)
    return out.getvalue().encode("utf-8-sig")

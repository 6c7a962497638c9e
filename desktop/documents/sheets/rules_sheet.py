"""The rules by which a computer counts, as a printed list."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from desktop.documents.printing.form_texts import FormData, FormTexts
from desktop.services.list_rules import COLUMNS, rule_row
from desktop.services.ports import RulesSheetFacts

_PRINTED: Final = tuple(name for name in COLUMNS if name != "valid_from")
"""The paper is of one day; the table of a file has all."""


def rules_sheet(facts: RulesSheetFacts, texts: FormTexts, at: datetime) -> FormData:
    """What ``rules_sheet.typ`` prints: a row a rule, what is doubtful marked."""
    words = texts.whole
    places = [COLUMNS.index(name) for name in _PRINTED]
    rows = [rule_row(item, words) for item in facts.rules]
    doubtful = sum(item.doubtful for item in facts.rules)
    about = words(
        "rules_list.about",
        day=f"{facts.day}", version=facts.version, count=len(rows), doubtful=doubtful,
    )  # fmt: skip
    return texts.frame(texts.text("form.rules_sheet"), at) | {
        "unit": facts.unit_name,
        "about": about,
        "columns": [words(f"rules_list.column.{name}") for name in _PRINTED],
        "rows": [[row[place] for place in places] for row in rows],
        "note": words("rules_list.note"),
    }

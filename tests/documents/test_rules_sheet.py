"""The printed list of rules has every rule, and marks what is doubtful."""

from __future__ import annotations

from datetime import date

from desktop.documents.sheets.typst_sheets import TypstSheets
from desktop.domain.law.rule_list import listed_rules
from desktop.runtime.files.resources import resource_path
from desktop.runtime.packages.rule_pack import load_rule_pack
from desktop.services.ports import RulesSheetFacts
from tests.documents.pdf_text import all_text, squeezed
from tests.documents.samples import AT

DAY = date(2026, 12, 1)
RULES = listed_rules(load_rule_pack(resource_path("rules")).rules, DAY)


def test_every_rule_is_printed_with_its_article(sheets: TypstSheets) -> None:
    pdf = sheets.sheet(RulesSheetFacts("张掖路派出所", DAY, "2026-12-01", RULES), AT)
    said = all_text(pdf.data)
    for item in RULES:
        assert squeezed(item.article) in said, item.rule.id
        assert squeezed(item.rule.note) in said, item.rule.id
    assert said.count(f"{RULES[0].rule.checked}") > 1

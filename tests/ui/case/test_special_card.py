"""Amounts with their tier, special branches and circumstances on the case page."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from desktop.demo.gallery import clipped_texts, overlaps
from desktop.domain.cases.payments.amounts import CaseAmounts
from desktop.domain.law.amount_tiers import tier_line
from desktop.runtime.files.resources import resource_path
from desktop.runtime.packages.rule_pack import load_rule_pack
from desktop.runtime.packages.scripts import load_scripts
from desktop.services.cases.case_money import Money
from desktop.ui.case.cards.procedure_card import SpecialCard
from tests.ui.case import samples
from tests.ui.case.conftest import Bench

SCRIPTS = load_scripts(resource_path("scripts"))
RULES = load_rule_pack(resource_path("rules"))


@pytest.fixture
def card(bench: Bench) -> SpecialCard:
    """The card over real questions, beside the page that has none."""
    made = SpecialCard(bench.kit, SCRIPTS)
    made.resize(700, 400)
    bench.page.qtbot.addWidget(made)
    return made


def _shown(card: SpecialCard, name: str) -> str:
    label = card.findChild(type(card.title), name)
    assert label is not None
    return "" if label.isHidden() else label.text()


def test_nothing_special_shows_nothing(card: SpecialCard) -> None:
    card.show_sheet(samples.sheet())
    assert card.isHidden()


def test_amounts_tier_branch_and_proof(card: SpecialCard, bench: Bench) -> None:
    amounts = CaseAmounts(11_800_000, 120_000, 500_000)
    money = Money(amounts, "fraud", tier_line(RULES, amounts.net_fen, date(2026, 11, 24)), None)
    plain = samples.sheet()
    case = replace(
        plain.file.case,
        flags=("law.branch.suicide", "core.delivery.courier"),
        circumstances=(("law.circumstance.officials", "通话录音"),),
    )
    card.show_sheet(replace(plain, file=replace(plain.file, case=case), money=money))
    card.show()
    for language, tier, proof in (
        ("en", "huge amount", "通话录音"),
        ("zh_CN", "数额巨大", "通话录音"),
    ):
        bench.kit.texts.set_language(language)
        assert "116,800" in _shown(card, "case_totals")
        assert tier in _shown(card, "case_tier")
        assert "法发〔2016〕32号" in _shown(card, "case_tier")
        assert proof in _shown(card, "case_circumstances")
        assert _shown(card, "case_flag_0_detail")
        bench.page.qtbot.waitUntil(lambda: not clipped_texts(card) + overlaps(card), timeout=1000)

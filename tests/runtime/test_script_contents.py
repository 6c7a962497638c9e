"""What the questions of the program must hold, type by type, in both languages."""

from __future__ import annotations

import re
from itertools import chain

import pytest

from desktop.domain.cases.case import Visit
from desktop.domain.cases.scam_types import ScamType, ScriptQuestion, Section
from desktop.runtime.files.resources import resource_path
from desktop.runtime.packages.scripts import load_scripts
from desktop.runtime.texts.catalogue import LANGUAGES
from tests.support.strict import all_of

SCRIPTS = load_scripts(resource_path("scripts"))
CORE = (
    "contact", "last_transfer", "transfers", "at_risk", "given", "others", "first_contact", "channels",
    "returned", "noticed", "recovery", "phone", "deleted", "places", "special",
)  # fmt: skip
DELIVERY = {"courier", "crypto", "posted", "coupons"}
BRANCHES = {"extortion", "theft", "gambling", "civil", "minor", "suicide"}
AGGRAVATING = 10
"""法发〔2016〕32号 二（二）."""


LONGEST = 25
"""Characters of a sentence that is spoken."""
LABELS = ("卡农", "跑分", "骗子", "托儿", "诈骗", "被骗")
"""What judges instead of asking."""


def lines() -> list[ScriptQuestion]:
    owners = chain(
        (SCRIPTS.core, SCRIPTS.law),
        (item.questions for item in SCRIPTS.types),
        (item.questions for item in SCRIPTS.visits),
    )
    flat = list(chain.from_iterable(owners))
    return flat + [detail for line in flat for detail in line.details]


def test_the_common_core_stands_in_its_order() -> None:
    asked = [line.id.removeprefix("core.ask.") for line in SCRIPTS.common(Section.ASK)]
    assert tuple(asked) == CORE


@pytest.mark.parametrize("kind", SCRIPTS.types, ids=lambda kind: kind.code)
def test_each_type_has_questions_evidence_funds_channel_and_signs(kind: ScamType) -> None:
    sections = (Section.ASK, Section.EVIDENCE, Section.FUNDS, Section.CHANNEL, Section.SIGNS)
    assert all_of(kind.lines(section) for section in sections)
    assert len(kind.lines(Section.ASK)) >= 2
    asked = SCRIPTS.asked(kind.code)
    assert [line.id for line in asked[: len(CORE)]] == [f"core.ask.{name}" for name in CORE]
    assert not kind.branch or f"law.branch.{kind.branch}" in {line.id for line in SCRIPTS.law}


def test_each_type_is_asked_how_else_money_was_delivered() -> None:
    """Delivery flags are of no type, so that each type has them: cash and gold call the driver before any form."""
    flags = {
        line.id.removeprefix("core.delivery."): line for line in SCRIPTS.common(Section.DELIVERY)
    }
    assert set(flags) == DELIVERY
    assert all_of(line.details and line.names for line in flags.values())
    assert {detail.id.rpartition(".")[2] for detail in flags["courier"].details} >= {
        "phone", "plate", "order", "place",
    }  # fmt: skip
    assert all(flags[name].call("zh_CN") for name in ("courier", "posted", "coupons"))


def test_each_branch_calls_and_names_what_it_requires() -> None:
    branches = SCRIPTS.lawful(Section.BRANCH)
    assert {line.id.removeprefix("law.branch.") for line in branches} == BRANCHES
    for line in branches:
        assert line.details, line.id
        assert all_of(line.call(language) for language in LANGUAGES), line.id
    assert len(SCRIPTS.lawful(Section.CIRCUMSTANCE)) == AGGRAVATING


def test_every_kind_of_visit_asks_and_tells() -> None:
    assert [item.kind for item in SCRIPTS.visits] == list(Visit)
    for item in SCRIPTS.visits[1:]:
        assert item.lines(Section.ASK), item.kind
        assert item.lines(Section.ADVICE), item.kind
        assert any(line.required for line in item.questions), item.kind


def test_every_line_is_in_both_languages() -> None:
    for line in lines():
        texts = [line.texts, line.names, line.urgent, line.hints]
        texts += [part for choice in line.choices for part in (choice.texts, choice.urgent)]
        for text in filter(None, texts):
            assert set(text) == set(LANGUAGES), line.id
            assert not any("\u4e00" <= letter <= "\u9fff" for letter in text["en"]), line.id
            assert any("\u4e00" <= letter <= "\u9fff" for letter in text["zh_CN"]), line.id


def spoken() -> list[ScriptQuestion]:
    """What is said to a person and printed as said."""
    return [
        line
        for line in lines()
        if (line.section is Section.ASK and not line.noted)
        or line.id.removeprefix("core.statement.")
        in {"narrative", "visit", "transfers", "leads", "returned"}
    ]


@pytest.mark.parametrize("line", spoken(), ids=lambda line: line.id)
def test_a_question_is_spoken_and_what_the_officer_minds_is_a_hint(line: ScriptQuestion) -> None:
    """It is printed as it was said: no list, arrow, bracket, name tag or order, and short enough to be said."""
    for sentence in filter(None, re.split("[。？]", line.text("zh_CN"))):
        assert len(sentence) <= LONGEST, sentence
    assert line.text("zh_CN").endswith(("？", "。"))
    for language in LANGUAGES:
        assert not set(line.text(language)) & set("→（）()；"), line.id
    words = line.text("zh_CN")
    assert not any(label in words for label in LABELS), line.id
    assert "他" not in words.replace("其他", ""), "the person is addressed"


def test_what_a_record_must_ask_is_asked() -> None:
    """Withdrawals and who was brought in, cards and gold, what was spread, which card; of all whether chats went."""
    asked = {line.id for line in spoken()}
    assert asked >= {
        "T02.ask.withdrawals", "T02.ask.brought", "T08.ask.cards", "T08.ask.gold", "T13.ask.spread", "T15.ask.card",
        "core.ask.deleted",
    }  # fmt: skip
    noted = {line.id for line in lines() if line.noted}
    assert noted == {"enquiry.ask.answer"} | {
        f"dissuasion.ask.{name}"
        for name in ("warned_by", "level", "warning", "reached", "outcome", "saved", "follow_up")
    }  # fmt: skip


def test_every_answer_about_a_story_has_a_question_to_ask() -> None:
    labels = {*(item.code for item in SCRIPTS.types), "not_fraud", "unsure"}
    for item in SCRIPTS.deciding:
        assert item.labels <= labels
        parts = re.split(r"[，。？：；]", item.texts["zh_CN"])
        assert max(map(len, parts)) <= LONGEST, item.texts["zh_CN"]
        assert not any(label in item.texts["zh_CN"] for label in LABELS)
    asked = {frozenset({label}) for label in labels} - {item.labels for item in SCRIPTS.deciding}
    assert not asked
    assert (
        len({SCRIPTS.deciding_question(("T01", other), "zh_CN") for other in ("T02", "T08")}) == 2
    )
    assert SCRIPTS.deciding_question(("T99", "T01"), "en") == SCRIPTS.deciding_question(
        ("T01",), "en"
    )

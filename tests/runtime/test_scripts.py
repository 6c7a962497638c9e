"""Types of fraud and their questions."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.domain.cases.scam_types import ScamType, Section
from desktop.domain.errors import WorldError
from desktop.runtime.files.resources import resource_path
from desktop.runtime.packages.scripts import CORE, TYPES, load_core, load_types
from desktop.runtime.texts.catalogue import LANGUAGES, Catalogue
from tests.support.strict import all_of

FOLDER = resource_path("scripts")


@pytest.fixture(scope="module")
def types() -> tuple[ScamType, ...]:
    return load_types(FOLDER)


def test_the_eighteen_types_in_order(types: tuple[ScamType, ...]) -> None:
    assert [item.code for item in types] == [f"T{number:02d}" for number in range(1, 19)]
    assert types[0].short("zh_CN") == "刷单返利"
    assert types[7].official("zh_CN") == "冒充公检法及政府机关类诈骗"
    assert types[12].branch == "extortion"


def test_names_are_short_enough_for_a_card(types: tuple[ScamType, ...]) -> None:
    assert all_of(len(item.short("zh_CN")) <= 8 for item in types)
    assert all_of(len(item.short("en")) <= 26 for item in types)
    for language in LANGUAGES:
        assert len({item.short(language) for item in types}) == len(types)


def test_every_type_says_something_in_every_section(types: tuple[ScamType, ...]) -> None:
    for item in types:
        for section in (Section.ASK, Section.EVIDENCE, Section.FUNDS, Section.CHANNEL):
            assert item.lines(section), (item.code, section)


def test_ids_are_unique_and_name_their_owner(types: tuple[ScamType, ...]) -> None:
    lines = [(item.code, line) for item in types for line in item.questions]
    lines += [("core", line) for line in load_core(FOLDER)]
    assert len({line.id for _, line in lines}) == len(lines)
    assert all_of(line.id.startswith(f"{owner}.{line.section}.") for owner, line in lines)


def test_the_first_question_is_whether_they_still_talk() -> None:
    first, second = load_core(FOLDER)[:2]
    assert (first.id, second.id) == ("core.ask.contact", "core.ask.last_transfer")


def test_a_pseudo_language_reads_its_plain_one(types: tuple[ScamType, ...]) -> None:
    assert types[0].short("en_XA") == types[0].short("en") == "Task rebate"
    assert types[0].short("fr") == types[0].short("zh_CN")
    assert types[0].questions[0].text("en").isascii()


def test_sections_and_branches_have_words(types: tuple[ScamType, ...]) -> None:
    for language in LANGUAGES:
        texts = Catalogue.load(language, strict=True)
        assert all_of(f"scam_types.section.{section}" in texts for section in Section)
        assert all_of(f"scam_types.branch.{item.branch}" in texts for item in types if item.branch)


GOOD = """
[[type]]
code = "T01"
names.zh_CN = { short = "甲", official = "甲" }
names.en = { short = "A", official = "A" }
ask = [{ id = "x", zh_CN = "甲", en = "A" }]
evidence = []
funds = []
channel = []
"""


def test_a_small_file_is_read(tmp_path: Path) -> None:
    (tmp_path / TYPES).write_text(GOOD, "utf-8")
    (found,) = load_types(tmp_path)
    assert found.questions[0].id == "T01.ask.x"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "nonsense",
        GOOD + GOOD,
        GOOD.replace("T01", "01"),
        GOOD.replace('en = "A" }]', "}]"),
        GOOD.replace('id = "x"', 'id = "X y"'),
        GOOD.replace('"甲", en', '" ", en'),
        GOOD.replace("funds = []\n", ""),
        GOOD + "extra = 1\n",
        GOOD.replace("names.en", "names.fr"),
        GOOD.replace(
            'ask = [{ id = "x", zh_CN = "甲", en = "A" }]',
            'ask = [{ id = "x", zh_CN = "甲", en = "A" }, { id = "x", zh_CN = "甲", en = "A" }]',
        ),
    ],
)
def test_a_file_with_a_fault_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / TYPES).write_text(text, "utf-8")
    with pytest.raises(WorldError) as caught:
        load_types(tmp_path)
    assert caught.value.code == "scripts.damaged"


def test_missing_files_are_reported(tmp_path: Path) -> None:
    with pytest.raises(WorldError, match=r"^scripts\.damaged$"):
        load_types(tmp_path)
    with pytest.raises(WorldError) as caught:
        load_core(tmp_path)
    assert caught.value.params == {"file": CORE}

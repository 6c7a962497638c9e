"""Texts keep to the words of ``docs/glossary.md``, to one punctuation, and can be read aloud."""

from __future__ import annotations

import re
from itertools import chain

import pytest

from desktop.domain.cases.scam_types import ScriptQuestion, Section
from desktop.runtime.files.resources import resource_path
from desktop.runtime.packages.scripts import load_scripts
from desktop.runtime.texts.catalogue import LANGUAGES, PLACEHOLDER
from tests.architecture.retired_texts import retired_texts
from tests.architecture.sources import ROOT, expect_none
from tests.architecture.test_texts import texts

_SHOWN = {language: texts(language) for language in LANGUAGES}
_SCRIPTS = load_scripts(resource_path("scripts"))
_LONGEST_CLAUSE = 25
_CLAUSE = re.compile("[，。；：！？（）“”…]+")
_SPOKEN_TEXTS = re.compile(
    r"hotlines\.say\.\w+\.text|documents\.(?:guidance\.(?:now|never|next)|enquiry)\.\w+"
    r"|calls\.(?:say\.\w+|dissuade\.script)"
)
"""What is read aloud beside the scripts: what to tell a bank or a caller, and the papers explained at the counter."""

_TIME_PATTERN = frozenset(
    {"order_reply.no_time", "shared.field.time_example", "errors.database.address.do"}
)
"""How a time or an address is typed, signs and all."""
_OFFICIAL_YOU = ("documents.", "form_words.")
_PAPERS = ("documents.", "form_words.", "viewer.cite.")
"""Papers and what is pasted into them keep the spacing of official forms."""
_WORD = 12
"""Signs up to which a text may be right at another place."""
_LONGEST_ERROR = {"zh_CN": 100, "en": 300}
"""Signs of one of the three sentences of an error, which a banner shows beside one another."""


def _retired(heading: str) -> list[str]:
    page = (ROOT / "docs" / "glossary.md").read_text("utf-8")
    table = page.partition(f"| {heading} | retired |\n|---|---|\n")[2].partition("\n\n")[0]
    cells = [row.split("|")[2] for row in table.splitlines()]
    return [word.strip() for cell in cells for word in cell.split(",")]


def _in_scripts(language: str) -> dict[str, str]:
    found = {}
    owners = chain(
        (_SCRIPTS.core, _SCRIPTS.law),
        (item.questions for item in _SCRIPTS.types),
        (item.questions for item in _SCRIPTS.visits),
    )
    for line in chain.from_iterable(owners):
        for place, text in enumerate(_words(line, language)):
            found[f"{line.id} {place}"] = text
    return found


def _words(line: ScriptQuestion, language: str) -> list[str]:
    choices = [part for choice in line.choices for part in (choice.texts, choice.urgent)]
    details = [text for detail in line.details for text in _words(detail, language)]
    shown = [table[language] for table in (line.texts, line.names, line.urgent, *choices) if table]
    return shown + details


@pytest.mark.parametrize(("language", "heading"), [("zh_CN", "Chinese"), ("en", "English")])
def test_no_text_has_a_retired_word(language: str, heading: str) -> None:
    retired = _retired(heading)
    assert len(retired) > 5
    alone = r"\b" if language == "en" else ""
    word = re.compile(f"{alone}(?:{'|'.join(map(re.escape, retired))}){alone}", re.IGNORECASE)
    expect_none(
        f"{key}: {match[0]}"
        for key, text in (_SHOWN[language] | _in_scripts(language)).items()
        if (match := word.search(PLACEHOLDER.sub("", text)))
    )


def test_what_is_exported_is_not_said_to_be_carried_out() -> None:
    """An order on a stick was carried away, not carried out: a bank may know nothing of it yet."""
    done_by_a_bank = re.compile("执行|办理|办结|止付|已办")
    expect_none(
        key
        for key, text in _SHOWN["en"].items()
        if re.search("carried out", text, re.IGNORECASE)
        and "导出" in _SHOWN["zh_CN"][key]
        and not done_by_a_bank.search(_SHOWN["zh_CN"][key])
    )


def test_chinese_texts_have_one_punctuation() -> None:
    """Full-width signs beside Chinese; one … closes the name of an action that asks first, …… leaves something out."""
    wrong = re.compile(
        r"[\u4e00-\u9fff][,;:!?]|[,;!?][\u4e00-\u9fff]|[\u4e00-\u9fff]\"|\"[\u4e00-\u9fff]|\.\.\.|(?<!…)…(?!…|$|（|\))"
    )
    expect_none(
        f"{key}: {text}"
        for key, text in _SHOWN["zh_CN"].items()
        if key not in _TIME_PATTERN and wrong.search(PLACEHOLDER.sub("", text))
    )


def test_numbers_on_screens_stand_apart_from_their_units() -> None:
    close = re.compile("[0-9}](?:小时|分钟|秒|天|元|笔|件|项|份|案)|U盘")
    expect_none(
        f"{key}: {text}"
        for key, text in _SHOWN["zh_CN"].items()
        if close.search(text) and not key.startswith(_PAPERS)
    )


def test_english_texts_have_one_apostrophe() -> None:
    expect_none(f"{key}: {text}" for key, text in _SHOWN["en"].items() if "\u2019" in text)


def test_english_texts_have_straight_quotation_marks() -> None:
    """Curved ones are as wide as a Chinese sign in the font of windows and papers, and tear a line apart."""
    expect_none(
        f"{key}: {text}"
        for key, text in (_SHOWN["en"] | _in_scripts("en")).items()
        if re.search("[\u201c\u201d\u2018]", text)
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_errors_are_short_sentences_with_an_end(language: str) -> None:
    """An example of a command may stand last, without a stop that somebody would type."""
    open_end = re.compile(r"(?:[\u4e00-\u9fff]|^(?!.*(?: --|[Ff]or example: )).*[a-z)])$")
    expect_none(
        f"{key}: {text}"
        for key, text in _SHOWN[language].items()
        if key.startswith("errors.")
        and (open_end.search(text) or len(text) > _LONGEST_ERROR[language])
    )


def test_the_screen_addresses_people_politely() -> None:
    expect_none(
        f"{key}: {text}"
        for key, text in _SHOWN["zh_CN"].items()
        if "你" in text and not key.startswith(_OFFICIAL_YOU)
    )


def test_what_is_spoken_has_short_clauses() -> None:
    sections = (Section.ASK, Section.ADVICE, Section.SIGNS, Section.DELIVERY, Section.BRANCH)
    spoken = {key: text for key, text in _SHOWN["zh_CN"].items() if _SPOKEN_TEXTS.fullmatch(key)}
    owners = chain(
        (_SCRIPTS.core, _SCRIPTS.law),
        (item.questions for item in _SCRIPTS.types),
        (item.questions for item in _SCRIPTS.visits),
    )
    for line in chain.from_iterable(owners):
        calls = [line.urgent, *(choice.urgent for choice in line.choices)]
        told = line.texts if line.section in sections else {}
        for place, table in enumerate((told, *calls)):
            if table:
                spoken[f"{line.id} {place}"] = table["zh_CN"]
    assert len(spoken) > 60
    expect_none(
        f"{key}: {clause}"
        for key, text in spoken.items()
        for clause in _CLAUSE.split(PLACEHOLDER.sub("", text))
        if len(clause) > _LONGEST_CLAUSE
    )


def test_texts_that_misled_came_back_nowhere() -> None:
    """Where they stood other words stand, which are still there; whole sentences stand nowhere else either."""
    spoken = "".join(
        path.read_text("utf-8")
        for folder in ("scripts", "forms")
        for path in resource_path(folder).glob("*.toml")
    )
    wrong = []
    for row in retired_texts():
        shown = _SHOWN[row.language]
        everywhere = "\n".join((spoken, *shown.values()))
        sentence = len(row.was) > _WORD
        if (
            (sentence and row.was in everywhere)
            or (row.place and shown[row.place] == row.was)
            or row.instead not in spoken
        ):
            wrong.append(row.was)
    assert not wrong

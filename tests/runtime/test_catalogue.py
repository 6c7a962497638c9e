"""Texts: both languages, fall-backs, placeholders and the made-up language."""

import re
from pathlib import Path
from typing import Final

import pytest

from desktop.domain.errors import WorldError
from desktop.runtime.files.resources import resource_path
from desktop.runtime.texts.catalogue import COUNTED, LANGUAGES, PLACEHOLDER, Catalogue, file_texts
from desktop.runtime.texts.pseudo import pseudo_text


@pytest.mark.parametrize("language", [*LANGUAGES, "en_XA"])
def test_an_error_is_reported_in_three_sentences(language: str) -> None:
    catalogue = Catalogue.load(language, strict=True)
    error = WorldError("disk.not_enough", need="3.0 GB", free="1.2 GB", unused=7)
    text = catalogue.error_text(error)
    assert "3.0 GB" in text.what
    assert "1.2 GB" in text.what
    assert text.safe
    assert text.do


def test_a_missing_text_raises_in_tests_and_is_bridged_at_run_time(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with pytest.raises(KeyError, match="no text nowhere"):
        Catalogue.load("en", strict=True).text("nowhere")
    chinese = Catalogue.load("zh_CN", strict=False)
    lacking = Catalogue("en", {}, strict=False)
    key = "errors.disk.full.what"
    assert lacking.text(key) == chinese.text(key)
    assert chinese.text("nowhere") == "nowhere"
    assert "no text for nowhere" in caplog.text


def test_a_missing_parameter_raises_in_tests_and_shows_a_gap_at_run_time() -> None:
    texts = {"greeting": "Good morning {name}, {{not}} {1} {Name}"}
    assert Catalogue("en", texts, strict=False).text("greeting") == (
        "Good morning …, {…} {1} {Name}"
    )
    with pytest.raises(KeyError, match="greeting needs name"):
        Catalogue("en", texts, strict=True).text("greeting")


def test_values_are_not_templates_themselves() -> None:
    texts = {"line": "{first} {second}"}
    shown = Catalogue("en", texts, strict=True).text("line", first="{second}", second=2)
    assert shown == "{second} 2"


def test_an_unknown_language_gives_the_default() -> None:
    assert Catalogue.load("xx", strict=True).language == "zh_CN"


def test_the_file_name_is_the_area_and_tables_are_dots(tmp_path: Path) -> None:
    plain = tmp_path / "intake.toml"
    plain.write_text('title = "Intake"\n[page.money]\nname = "Money"\n', "utf-8")
    assert file_texts(plain) == {"intake.title": "Intake", "intake.page.money.name": "Money"}
    errors = tmp_path / "errors_bundles.toml"
    errors.write_text('[bundle.newer]\nwhat = "w"\n', "utf-8")
    assert file_texts(errors) == {"errors.bundle.newer.what": "w"}
    odd = tmp_path / "odd.toml"
    odd.write_text("count = 3\n", "utf-8")
    with pytest.raises(TypeError):
        file_texts(odd)


def test_a_counted_word_stands_in_the_number_of_its_count() -> None:
    texts = {"board.cases": "{count} {count|case|cases}"}
    catalogue = Catalogue("en", texts, strict=True)
    shown = [catalogue.text("board.cases", count=count) for count in (0, 1, "1", 2, "1,001")]
    assert shown == ["0 cases", "1 case", "1 case", "2 cases", "1,001 cases"]


_BESIDE_A_FIGURE: Final = ("orders.tile.", "sync.unit.")
"""Texts that stand behind a number shown in larger type."""


def test_counted_words_count_something_their_text_shows() -> None:
    for file in sorted(resource_path("translations/en").glob("*.toml")):
        for key, text in file_texts(file).items():
            counts = {match.group(1) for match in COUNTED.finditer(text)}
            shown = counts <= set(PLACEHOLDER.findall(text))
            assert shown or key.startswith(_BESIDE_A_FIGURE), key


_NO_WORD: Final = frozenset({"is", "was", "has", "as", "this", "its", "less", "s"})
_PLURAL_VERBS: Final = frozenset({"are", "were", "have"})
_OTHER_COUNTS: Final = frozenset({"surplus", "requests", "answers"})
_LIMITS: Final = frozenset({"limit"})
"""Never one."""
_NOTHING_COUNTED: Final = frozenset(
    {
        "cli.origin_before",
        "extraction.source_many",
        "cli.bench_figure",
        "shift_briefing.count.series",
    }
)
"""Texts in which the word behind the number is not what it counts."""


def test_no_text_says_one_orders() -> None:
    """What follows a count in an English text stands in both numbers, or in a form that fits both."""
    texts = {
        key: text
        for file in sorted(resource_path("translations/en").glob("*.toml"))
        for key, text in file_texts(file).items()
    }
    counts = {match.group(1) for text in texts.values() for match in COUNTED.finditer(text)}
    names = "|".join(sorted((counts | _OTHER_COUNTS) - _LIMITS))
    followed = re.compile(rf"\{{(?:{names})\}}((?: [a-z]+){{1,3}})")
    wrong = [
        (key, match.group())
        for key, text in texts.items()
        for match in followed.finditer(COUNTED.sub("·", text))
        for word in match.group(1).split()
        if word in _PLURAL_VERBS or (word.endswith("s") and word not in _NO_WORD)
    ]
    assert [found for found in wrong if found[0] not in _NOTHING_COUNTED] == []


def test_the_made_up_language_is_longer_and_keeps_placeholders() -> None:
    english = Catalogue.load("en", strict=True)
    made_up = Catalogue.load("en_XA", strict=True)
    assert made_up.keys() == english.keys()
    text = "Wrong password; tries left: {tries}."
    changed = pseudo_text(text)
    assert changed.startswith("[")
    assert changed.endswith("]")
    assert PLACEHOLDER.findall(changed) == ["tries"]
    assert len(re.sub(r"\{tries\}", "", changed)) >= 1.4 * len(text.replace("{tries}", ""))

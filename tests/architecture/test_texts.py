"""Every text exists in every language, with the same placeholders, and every use of one fits."""

import re
from pathlib import Path

import pytest

from desktop.journal import kinds
from desktop.runtime.texts.catalogue import LANGUAGES, PLACEHOLDER, area_of, file_texts
from tests.architecture.sources import (
    ERRORS,
    ROOT,
    expect_none,
    formatted_starts,
    modules,
    uses,
)

TRANSLATIONS = ROOT / "resources" / "translations"
SAME_EVERYWHERE = frozenset(
    {"settings.language.zh_CN", "shell.mark", "sign_in.mark", "sign_in.other_language"}
)
"""A language's own name, and the mark of the program."""

DOTTED = re.compile(r"[a-z][a-z0-9_]*(\.[A-Za-z0-9_]+)+")
PARTS = ("what", "safe", "do")


def files(language: str) -> list[Path]:
    return sorted((TRANSLATIONS / language).glob("*.toml"))


def texts(language: str) -> dict[str, str]:
    return {key: text for file in files(language) for key, text in file_texts(file).items()}


DEFAULT = texts(LANGUAGES[0])
AREAS = {area_of(file) for file in files(LANGUAGES[0])} - {"errors"}
KINDS = {value for value in vars(kinds).values() if isinstance(value, str)}


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_languages_have_the_same_files_keys_and_placeholders(language: str) -> None:
    assert [file.name for file in files(language)] == [file.name for file in files(LANGUAGES[0])]
    for file in files(language):
        own, default = file_texts(file), file_texts(TRANSLATIONS / LANGUAGES[0] / file.name)
        expect_none(sorted(own.keys() ^ default.keys()))
        different = [
            key
            for key in own
            if sorted(set(PLACEHOLDER.findall(own[key])))
            != sorted(set(PLACEHOLDER.findall(default[key])))
        ]
        expect_none(different)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_key_stands_in_two_files_and_no_text_is_empty(language: str) -> None:
    keys = [key for file in files(language) for key in file_texts(file)]
    expect_none(sorted({key for key in keys if keys.count(key) > 1}))
    expect_none([key for key, text in texts(language).items() if not text.strip()])


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_are_in_their_language(language: str) -> None:
    """A forgotten translation is mostly a copy: Chinese in the English files."""
    chinese = re.compile(r"[\u4e00-\u9fff]")
    if language == "en":
        # Official names are quoted in Chinese; a text of Chinese alone is a forgotten one.
        copied = [
            key
            for key, text in texts("en").items()
            if chinese.search(text)
            and not re.search("[a-z]", PLACEHOLDER.sub("", text))
            and key not in SAME_EVERYWHERE
        ]
        expect_none(copied)
    else:
        assert any(chinese.search(text) for text in texts(language).values())


def test_every_error_says_what_happened_what_is_safe_and_what_to_do() -> None:
    first_use = {use.name: use.place for use in reversed(list(uses(ERRORS, 0, "desktop")))}
    expect_none(
        f"errors.{code}: what, safe or do ({place})"
        for code, place in first_use.items()
        if any(f"errors.{code}.{part}" not in DEFAULT for part in PARTS)
    )


def test_error_texts_come_in_threes() -> None:
    codes = {key.rpartition(".")[0] for key in DEFAULT if key.startswith("errors.")}
    odd = [f"{code}.{part}" for code in codes for part in PARTS if f"{code}.{part}" not in DEFAULT]
    expect_none(sorted(odd))


def test_errors_give_their_texts_all_parameters() -> None:
    lacking = []
    for use in uses(ERRORS, 0, "desktop"):
        for part in PARTS:
            wanted = set(PLACEHOLDER.findall(DEFAULT.get(f"errors.{use.name}.{part}", "")))
            if not use.open_ended and wanted - use.params:
                lacking.append(f"{use.place} {use.name} {sorted(wanted - use.params)}")
    expect_none(lacking)


def test_shown_texts_get_all_parameters() -> None:
    lacking = []
    for calls, position in ((frozenset({"text"}), 0), (frozenset({"bind"}), 1)):
        for use in uses(calls, position, "desktop"):
            wanted = set(PLACEHOLDER.findall(DEFAULT.get(use.name, "")))
            if not use.open_ended and wanted - use.params:
                lacking.append(f"{use.place} {use.name} {sorted(wanted - use.params)}")
    expect_none(lacking)


def is_known(name: str) -> bool:
    """A key, or something else that is written with dots and happens to begin like one."""
    return (
        name in DEFAULT
        or name in KINDS
        or f"errors.{name}.what" in DEFAULT
        or f"problems.{name}" in DEFAULT
        or f"documents.{name}" in DEFAULT
        or name.endswith((".toml", ".json", ".svg", ".py", ".typ", ".db", ".html", ".css"))
    )


def test_every_key_in_the_code_exists() -> None:
    """A dotted word that begins with an area of the catalogue is a key, or the beginning of one."""
    beginnings = {
        key[: place + 1] for key in DEFAULT for place, char in enumerate(key) if char == "."
    }
    unknown = []
    for module in modules("desktop"):
        for line, text in module.literals:
            looks_like_one = text.partition(".")[0] in AREAS and DOTTED.fullmatch(text)
            if looks_like_one and not is_known(text) and f"{text}." not in beginnings:
                unknown.append(f"{module.name}:{line} {text}")
        for line, start in formatted_starts(module):
            area, dot, _ = start.partition(".")
            if dot and area in AREAS and not any(key.startswith(start) for key in DEFAULT):
                unknown.append(f"{module.name}:{line} {start}…")
    expect_none(unknown)

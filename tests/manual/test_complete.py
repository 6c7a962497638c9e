"""The manual leaves nothing out: what is not told yet stands on a list that only gets shorter."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import fields
from pathlib import Path

import pytest

from desktop.app.windows.manual import manual_books
from desktop.cli.command_reference import command_reference
from desktop.cli.explain import branches, walk
from desktop.cli.main import build_parser
from desktop.documents.case_forms.form_specs import all_forms
from desktop.documents.manual.book import Book, headings, parse
from desktop.documents.manual.references import VARIABLES
from desktop.runtime.texts.catalogue import LANGUAGES, Catalogue
from desktop.runtime.texts.settings import Settings
from tests.architecture.sources import ERRORS, ROOT, expect_none, modules, uses
from tests.manual.fences import MANUAL
from tests.manual.pictures import FOLDER, PICTURES
from tests.support.strict import all_of

NOT_YET = tomllib.loads((Path(__file__).parent / "not_yet.toml").read_text("utf-8"))
MOST = {"commands": 0, "forms": 0}
"""How long each list may be. Lower a number with its list; nothing new is put on one."""
_OF_TESTS = {"FANZHA_STRICT_TEXTS", "FANZHA_TEST_POSTGRES"}


def books(language: str) -> dict[str, Book]:
    texts = Catalogue.load(language, strict=True)

    def commands(texts: Catalogue) -> Book:
        return command_reference(texts, build_parser(texts))

    return {book.id: book for book in manual_books(texts, commands)}


@pytest.fixture(scope="module", params=LANGUAGES)
def manual(request: pytest.FixtureRequest) -> dict[str, Book]:
    return books(str(request.param))


def text_by_people(found: dict[str, Book]) -> str:
    """What is not made from the program itself."""
    return "\n".join(found[name].text for name in ("officer", "papers", "station-it", "centre"))


def expect_list(name: str, untold: Iterable[str]) -> None:
    """The list names exactly what is untold, and is no longer than it was."""
    listed = NOT_YET[name]
    told = set(untold)
    expect_none([f"not in the manual: {item}" for item in sorted(told - set(listed))])
    expect_none(
        [f"in the manual, take it off not_yet.toml: {item}" for item in listed if item not in told]
    )
    assert len(listed) == MOST[name], "lower MOST as the list gets shorter"


def all_commands() -> list[str]:
    program = build_parser(Catalogue.load("en", strict=True))
    return [path for path, parser in walk(program) if path and not branches(parser)]


def test_every_command_is_described_in_a_book(manual: dict[str, Book]) -> None:
    text = text_by_people(manual)
    untold = [
        name for name in all_commands() if not re.search(rf"(?:fanzha |`){re.escape(name)}\b", text)
    ]
    expect_list("commands", untold)


def test_every_form_is_described_in_a_book(manual: dict[str, Book]) -> None:
    text = text_by_people(manual)
    language = "zh_CN" if "民警" in manual["officer"].title else "en"
    expect_list("forms", [form.id for form in all_forms() if form.titles[language] not in text])


def test_the_references_hold_everything(manual: dict[str, Book]) -> None:
    raised = {use.name for use in uses(ERRORS, 0, "desktop") if "{" not in use.name}
    expect_none(sorted(code for code in raised if f"`{code}`" not in manual["errors"].text))
    expect_none(
        name for name in all_commands() if f"fanzha {name}\n" not in manual["commands"].text
    )
    settings = [item.name for item in fields(Settings) if item.name != "extra"]
    expect_none(
        name for name in (*settings, *VARIABLES) if f"`{name}`" not in manual["settings"].text
    )
    expect_none(form.id for form in all_forms() if f"`{form.id}`" not in manual["forms"].text)


def test_every_variable_that_is_read_is_described() -> None:
    used = {
        text for module in modules("desktop") for _, text in module.literals if re.fullmatch(r"FANZHA_[A-Z_]+", text)
    }  # fmt: skip
    assert used - _OF_TESTS <= set(VARIABLES)


def test_every_link_and_picture_is_there(manual: dict[str, Book]) -> None:
    anchors = {item.anchor for book in manual.values() for item in headings(parse(book))}
    lost = []
    for book in manual.values():
        for token in parse(book):
            for child in token.children or ():
                target = str(child.attrGet("href") or "")
                picture = str(child.attrGet("src") or "")
                if child.type == "link_open" and target.removeprefix("#") not in anchors:
                    lost.append(f"{book.id}: {target}")
                if child.type == "image" and not (MANUAL / "zh_CN" / picture).is_file():
                    lost.append(f"{book.id}: {picture}")
    expect_none(lost)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_picture_is_taken_and_shown(language: str) -> None:
    shown = set(re.findall(r"\(\.\./pictures/(\w+/\w+\.png)\)", text_by_people(books(language))))
    assert shown == {f"{language}/{name}.png" for name in PICTURES}
    assert {path.name for path in (FOLDER / language).iterdir()} == {
        f"{name}.png" for name in PICTURES
    }


def test_languages_have_the_same_books_and_chapters() -> None:
    shapes = [
        {name: [(item.anchor, item.level) for item in headings(parse(book))] for name, book in books(language).items()}
        for language in LANGUAGES
    ]  # fmt: skip
    assert all_of(shape == shapes[0] for shape in shapes)


def test_every_key_the_officer_s_guide_names_is_one(manual: dict[str, Book]) -> None:
    known = {text for module in modules("desktop") for _, text in module.literals}
    known |= {f"Alt+{number}" for number in range(1, 5)} | {"Ctrl+V"}
    keys = re.findall(
        r"(?:(?:Ctrl|Shift|Alt)\+)+(?:F\d+|[A-Z0-9])|\bF\d+\b", manual["officer"].text
    )
    assert len(keys) > 10
    expect_none(sorted(key for key in keys if key not in known))


def test_the_guide_of_this_repository_names_the_manual() -> None:
    assert "docs/manual" in (ROOT / "README.md").read_text("utf-8")

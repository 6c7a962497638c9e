"""The manual as HTML and as PDF: everything is in it, and it asks for nothing outside."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path

import pypdfium2
import pytest

from desktop.app.windows.manual import manual_books
from desktop.cli.command_reference import command_reference
from desktop.cli.main import build_parser
from desktop.documents.case_forms.form_specs import all_forms, form_sets
from desktop.documents.manual.book import Book, headings, parse, read_books
from desktop.documents.manual.manual_html import book_html, whole_html
from desktop.documents.manual.manual_pdf import ManualCompiler
from desktop.documents.manual.markdown_text import code, plain, table, without_values
from desktop.documents.manual.references import form_reference
from desktop.runtime.files.resources import manual_folder, resource_path
from desktop.runtime.texts.catalogue import LANGUAGES, Catalogue
from tests.support.strict import all_of

AT = datetime(2026, 11, 30, tzinfo=UTC)


class Links(HTMLParser):
    """Every anchor, and whatever a browser would go to or load."""

    def __init__(self) -> None:
        super().__init__()
        self.anchors: list[str] = []
        self.targets: list[str] = []
        self.loaded: list[str] = []
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        for name, value in attrs:
            if name == "id" and tag != "input":
                self.anchors.append(value or "")
            elif name == "href":
                self.targets.append(value or "")
            elif name in {"src", "srcset", "data", "action"}:
                self.loaded.append(value or "")


@pytest.fixture(scope="module")
def whole() -> str:
    def commands(texts: Catalogue) -> Book:
        return command_reference(texts, build_parser(texts))

    books = {name: manual_books(Catalogue.load(name, strict=True), commands) for name in LANGUAGES}
    style = (manual_folder() / "manual.css").read_text("utf-8")
    return whole_html(books, manual_folder(), style, "Fanzha Desk")


def test_the_one_file_needs_nothing_beside_it_and_no_network(whole: str) -> None:
    links = Links()
    links.feed(whole)
    assert links.loaded
    assert all_of(item.startswith("data:image/png;base64,") for item in links.loaded)
    assert not {"script", "link", "iframe", "object"} & links.tags
    assert "default-src 'none'" in whole
    assert not re.search(r"url\(|@import|https?://", whole.partition("</style>")[0])


def test_every_link_of_the_one_file_leads_to_one_place_in_it(whole: str) -> None:
    links = Links()
    links.feed(whole)
    assert len(links.anchors) == len(set(links.anchors))
    lost = [item for item in links.targets if item.removeprefix("#") not in links.anchors]
    assert lost == []


def test_both_languages_are_in_it_the_default_one_in_front(whole: str) -> None:
    assert whole.index('class="zh_CN"') < whole.index('class="en"')
    assert 'id="language-zh_CN" checked>' in whole
    assert 'id="language-en">' in whole


HOSTILE = "<script>alert(1)</script> #panic() $x$ @ref [a](javascript:alert(1)) `#let x = 1` *b*"


def test_nothing_in_a_book_becomes_html_of_its_own() -> None:
    shown = book_html(Book("x", f"# T\n\n{HOSTILE}\n\n{plain(HOSTILE)}\n"))
    links = Links()
    links.feed(shown)
    assert "script" not in links.tags
    assert not any(target.startswith("javascript") for target in links.targets)


def test_nothing_in_a_book_is_an_order_to_the_typesetter() -> None:
    cells = table(("#a", "$b"), [(plain(HOSTILE), code("a|b"))])
    book = Book("x", f'# T\n\n{HOSTILE}\n\n```sh\n#panic("x") {HOSTILE}\n```\n\n{cells}')
    pdf = ManualCompiler(manual_folder(), resource_path("fonts")).compile(book, "en", "1", AT)
    text = "".join(
        page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(pdf.data)
    )
    assert '#panic("x")' in text
    assert "a|b" in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_book_is_set_with_its_pictures_and_every_heading(language: str) -> None:
    compiler = ManualCompiler(manual_folder(), resource_path("fonts"))
    book = read_books(manual_folder() / language)[0]
    pdf = compiler.compile(book, language, "0.1.0", AT)
    document = pypdfium2.PdfDocument(pdf.data)
    assert len(document) == pdf.pages > 2
    text = re.sub(r"\s", "", "".join(page.get_textpage().get_text_bounded() for page in document))
    for heading in headings(parse(book)):
        assert re.sub(r"\s", "", heading.text) in text
    assert pdf.data.count(b"/Subtype/Image") == book.text.count("![") > 0
    assert compiler.compile(book, language, "0.1.0", AT) == pdf


def test_a_text_without_its_values_says_where_they_stand() -> None:
    assert without_values("{n} {n|case|cases} in {file}") == "… cases in …"


def test_a_folder_that_is_not_there_has_no_books(tmp_path: Path) -> None:
    assert read_books(tmp_path / "nothing") == ()


def test_the_list_of_forms_names_the_article_of_each_set() -> None:
    texts = Catalogue.load("zh_CN")
    book = form_reference(texts).text
    articles = {item.id: item.article for item in form_sets().sets}
    for name in {form.form_set for form in all_forms()}:
        below = book.split(f"## {name}\n", 1)[1].split("## ")[0]
        assert plain(articles.get(name, "")) in below
        assert articles.get(name, "") or name == "local", name

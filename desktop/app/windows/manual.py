"""The whole manual of this program: its books and the chapters made from itself."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from desktop import __version__
from desktop.documents.manual.book import Book, headings, parse, read_books
from desktop.documents.manual.manual_html import book_html, whole_html
from desktop.documents.manual.manual_pdf import ManualCompiler
from desktop.documents.manual.references import (
    error_reference,
    form_reference,
    settings_reference,
)
from desktop.domain.time.clock import Clock
from desktop.runtime.files.atomic_file import write_atomic
from desktop.runtime.files.resources import manual_folder, resource_path
from desktop.runtime.texts.catalogue import LANGUAGES, Catalogue
from desktop.ui.manual.manual_window import ManualChapter, ManualText

CommandReference = Callable[[Catalogue], Book]
"""Only the command line knows its commands, and lies above this."""
_HTML: Final = "manual.html"


def manual_books(texts: Catalogue, commands: CommandReference | None) -> tuple[Book, ...]:
    """Books first, then references. Without ``commands`` the reference of commands is left out.

    A language that has none, as the made-up one of tests, gets those of the default one. Raises ``WorldError``
    install.incomplete.
    """
    if texts.language not in LANGUAGES:
        texts = Catalogue.load(LANGUAGES[0])
    references = [] if commands is None else [commands(texts)]
    references += [settings_reference(texts), error_reference(texts), form_reference(texts)]
    return (*read_books(manual_folder() / texts.language), *references)


def manual_text(language: str, commands: CommandReference | None) -> ManualText:
    """The same for the program's window. Raises ``WorldError`` install.incomplete."""
    texts = Catalogue.load(language if language in LANGUAGES else LANGUAGES[0])
    chapters = tuple(_chapter(book) for book in manual_books(texts, commands))
    return ManualText(chapters, manual_folder() / texts.language)


def _chapter(book: Book) -> ManualChapter:
    found = headings(parse(book))
    return ManualChapter(
        book.id, book_html(book), tuple((item.anchor, item.level, item.text) for item in found)
    )


def write_manual(folder: Path, commands: CommandReference, clock: Clock) -> tuple[Path, ...]:
    """Everything in one HTML file that needs nothing beside it, and a PDF for each book and language.

    Raises ``WorldError`` install.incomplete, or whatever the disk says.
    """
    source = manual_folder()
    folder.mkdir(parents=True, exist_ok=True)
    books = {name: manual_books(Catalogue.load(name), commands) for name in LANGUAGES}
    style = (source / "manual.css").read_text("utf-8")
    whole = whole_html(books, source, style, "Fanzha Desk")
    written = [folder / _HTML]
    write_atomic(written[0], whole.encode())
    compiler = ManualCompiler(source, resource_path("fonts"))
    for language, found in books.items():
        for book in found:
            target = folder / f"{book.id}-{language}.pdf"
            pdf = compiler.compile(book, language, __version__, clock.now())
            write_atomic(target, pdf.data)
            written.append(target)
    return tuple(written)

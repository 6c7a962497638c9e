"""Papers in every language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

import pytest

from desktop.documents.case_forms.typst_papers import TypstPapers
from desktop.documents.printing.form_compiler import FormCompiler, drawable_characters
from desktop.documents.printing.printable import FormValue, Printable
from desktop.documents.sheets.typst_sheets import TypstSheets
from desktop.runtime.files.resources import resource_path
from desktop.runtime.texts.catalogue import LANGUAGES
from desktop.services.ports import Pdf
from tests.documents.filled_places import unfilled
from tests.documents.making import Printers, new_printers


@pytest.fixture(autouse=True, scope="session")
def every_place_is_filled() -> Iterator[None]:
    """Whatever a test draws: what is not known is an empty text, which a template draws as a blank; never ``None``."""
    drawn = FormCompiler.compile

    def filled(
        compiler: FormCompiler,
        template: str,
        data: Mapping[str, FormValue],
        at: datetime,
        source: bytes | None = None,
    ) -> Pdf:
        assert [*unfilled(data, template)] == []
        return drawn(compiler, template, data, at, source)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(FormCompiler, "compile", filled)
        yield


@pytest.fixture(scope="module", params=LANGUAGES)
def printers(request: pytest.FixtureRequest) -> Printers:
    return new_printers(request.param)


@pytest.fixture(scope="module")
def papers(printers: Printers) -> TypstPapers:
    return printers.papers


@pytest.fixture(scope="module")
def sheets(printers: Printers) -> TypstSheets:
    return printers.sheets


@pytest.fixture(scope="module")
def printable() -> Printable:
    return Printable(drawable_characters(resource_path("fonts")))

"""Papers in every language."""

from __future__ import annotations

import pytest

from desktop.documents.case_forms.typst_papers import TypstPapers
from desktop.documents.printing.form_compiler import drawable_characters
from desktop.documents.printing.printable import Printable
from desktop.documents.sheets.typst_sheets import TypstSheets
from desktop.runtime.files.resources import resource_path
from desktop.runtime.texts.catalogue import LANGUAGES
from tests.documents.making import Printers, new_printers


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

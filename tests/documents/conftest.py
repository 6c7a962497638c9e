"""Papers in every language."""

from __future__ import annotations

import pytest

from desktop.documents.form_compiler import covered_characters
from desktop.documents.printable import Printable
from desktop.documents.typst_papers import TypstPapers
from desktop.runtime.catalogue import LANGUAGES
from desktop.runtime.resources import resource_path
from tests.documents.making import new_papers


@pytest.fixture(scope="module", params=LANGUAGES)
def papers(request: pytest.FixtureRequest) -> TypstPapers:
    return new_papers(request.param)


@pytest.fixture(scope="module")
def printable() -> Printable:
    fonts = resource_path("fonts").glob("*.ttf")
    return Printable(frozenset.intersection(*map(covered_characters, fonts)))

"""The printer of papers under test, and what it is given to print."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import datetime

import segno

from desktop.documents.case_forms.typst_papers import TypstPapers
from desktop.documents.printing.form_compiler import FormCompiler
from desktop.documents.sheets.typst_sheets import TypstSheets
from desktop.domain.case_file.views import CaseFile
from desktop.runtime.files.resources import resource_path
from desktop.runtime.texts.catalogue import Catalogue
from desktop.services.ports import PaperFacts, Pdf
from tests.documents.samples import AT, OFFICERS

FINGERPRINT = "7QK2-M9XD-41TC-ZP8A"
CODE = "7QK2-M9XD-41TC-ZP8A-0000-AB3D-XYZ9-8765"
SEALED = bytes(range(256)) * 3 + bytes(182)
"""As large as an urgent slip may be: 950 octets."""


@dataclass(frozen=True, slots=True)
class Printers:
    """Both, over one compiler and with one catalogue."""

    papers: TypstPapers
    sheets: TypstSheets
    catalogue: Catalogue


def new_printers(language: str = "zh_CN") -> Printers:
    """Fresh ones, in that language."""
    catalogue = Catalogue.load(language, strict=True)
    compiler = FormCompiler(resource_path("forms"), resource_path("fonts"))
    return Printers(
        TypstPapers(compiler, catalogue),
        TypstSheets(compiler, catalogue, lambda: FINGERPRINT),
        catalogue,
    )


def new_papers(language: str = "zh_CN") -> TypstPapers:
    """For who prints forms alone."""
    return new_printers(language).papers


def print_of(papers: TypstPapers, form: str, file: CaseFile, at: datetime = AT) -> Pdf:
    """A form as the case fills it, with nothing written by hand."""
    return papers.render(form, PaperFacts(file, OFFICERS, at))


def qr_png() -> bytes:
    """The code of an urgent slip."""
    return drawn(SEALED)


def drawn(data: bytes) -> bytes:
    """A code with these contents."""
    out = io.BytesIO()
    segno.make(data, mode="byte", error="m", boost_error=False).save(out, kind="png", scale=6)
    return out.getvalue()

"""Every page of a paper about a case bears one small code that finds the case again and says nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace

import pypdfium2
import pytest
import zxingcpp

from desktop.documents.case_forms.form_specs import all_forms
from desktop.documents.case_forms.typst_papers import TypstPapers
from desktop.documents.sheets.typst_sheets import TypstSheets
from desktop.domain.papers.paper_code import PaperMark, paper_tail, read_paper_mark
from desktop.services.ports import PaperFacts, Pdf
from tests.documents.making import CODE, Printers, new_printers, print_of, qr_png
from tests.documents.pdf_text import all_text
from tests.documents.samples import AT, OFFICER, OFFICERS, PROFILE, a_file, hostile_file
from tests.documents.sheet_samples import NUMBER
from tests.documents.test_desk_sheets import all_sheets

_LONG = frozenset({"stop_application", "evidence_list", "extraction_list", "number_request"})
"""Forms that grow to many pages; each lays out its heads and feet in its own way."""
_FAX = 1728
"""Dots across a page of a fax in fine mode: the coarsest a paper comes back."""


def marks(pdf: Pdf, page: int) -> list[PaperMark]:
    """The marks a scanner finds in the corner of a page, which alone is drawn."""
    with closing(pypdfium2.PdfDocument(pdf.data)) as document:
        wide, high = document[page].get_size()
        crop = (wide * 3 / 4, high - wide / 4, 0, 0)
        picture = document[page].render(scale=_FAX / wide, crop=crop, grayscale=True).to_pil()
    codes = zxingcpp.read_barcodes(picture)
    return [mark for code in codes if (mark := read_paper_mark(code.text)) is not None]


def papers_of(printers: Printers, *, hostile: bool) -> Iterator[tuple[str, Pdf]]:
    for name, pdf in all_sheets(printers, hostile=hostile).items():
        if name != "handover":
            yield name, pdf
    file = hostile_file() if hostile else a_file()
    for entry in all_forms():
        if not hostile or entry.id in _LONG:
            yield entry.id, print_of(printers.papers, entry.id, file)


@pytest.mark.parametrize("hostile", [False, True])
def test_each_page_names_its_case_even_from_a_fax(hostile: bool) -> None:
    for name, pdf in papers_of(new_printers(), hostile=hostile):
        for page in {0, pdf.pages - 1}:
            assert marks(pdf, page) == [PaperMark(NUMBER)], (name, page)


def test_an_order_and_a_paper_on_record_are_distinguished_from_the_case(
    papers: TypstPapers,
) -> None:
    file = a_file()
    order = replace(file.orders[0].order, number="1124-A-0017-Z1")
    file = replace(file, orders=(replace(file.orders[0], order=order),))
    stop = papers.stop_form(file, order, OFFICERS, AT)
    assert marks(stop, 0) == [PaperMark(NUMBER, order.number)]
    facts = PaperFacts(file, OFFICERS, AT, about=f"order/{order.id}")
    assert marks(papers.render("number_request", facts), 0) == [PaperMark(NUMBER, order.number)]
    kept = papers.render("statement", replace(facts, paper="ab12"))
    assert marks(kept, 0) == [PaperMark(NUMBER, "", paper_tail("ab12"))]


def test_it_stands_nowhere_in_words_and_on_no_paper_without_a_case(
    papers: TypstPapers, sheets: TypstSheets
) -> None:
    file = a_file()
    assert "-01-0017" not in all_text(print_of(papers, "guidance", file).data)
    secret = sheets.recovery_sheet(PROFILE, OFFICER, CODE, AT)
    assert marks(secret, 0) == []
    urgent = sheets.slip([(file, file.orders[0].order)], [qr_png()], AT)
    assert marks(urgent, 0) == [], "one code on the urgent slip, the sealed one"
    strange = replace(file, case=replace(file.case, number="A6201025400002026110001"))
    assert marks(print_of(papers, "guidance", strange), 0) == []

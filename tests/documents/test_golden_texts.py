"""No word of a paper changes unseen: every form in every kind of case reads as ``golden_texts/`` has it."""

from __future__ import annotations

import pytest

from tests.architecture.sources import ROOT
from tests.documents.drawn_papers import FORMS
from tests.documents.golden_texts import HERE, file_of, golden_text, page


@pytest.mark.parametrize("form", FORMS)
def test_a_paper_reads_as_before(form: str) -> None:
    stored = file_of(form).read_text("utf-8") if file_of(form).exists() else ""
    assert golden_text(form) == stored, "python -m tests.documents.golden_texts writes it anew"


def test_no_text_is_left_of_a_form_that_is_no_more() -> None:
    assert {path.stem for path in HERE.glob("*.txt")} == set(FORMS)


def test_the_page_of_papers_says_what_is_held_today() -> None:
    stored = (ROOT / "docs" / "papers.md").read_text("utf-8")
    assert page() == stored, (
        "python -m tests.documents.golden_texts --table > docs/papers.md writes it"
    )

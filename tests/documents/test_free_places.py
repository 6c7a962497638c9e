"""What people write into a form stands there as they wrote it, and what stays blank says why."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.documents.case_forms.form_specs import all_forms
from desktop.documents.case_forms.typst_papers import TypstPapers
from desktop.documents.printing.printable import Printable
from desktop.domain.cases.case import CASE_FIELDS
from desktop.domain.errors import UserInputError
from desktop.domain.papers.paper import BlankReason
from desktop.domain.records.field_table import FieldRow
from desktop.runtime.texts.catalogue import LANGUAGES, Catalogue
from desktop.services.ports import PaperFacts
from tests.documents.making import new_papers
from tests.documents.pdf_text import all_text, squeezed
from tests.documents.samples import AT, OFFICERS, a_case, a_file
from tests.support.strict import all_of
from tests.support.sweep import EVERY, examples

PAPERS = new_papers()
FACTS = PaperFacts(a_file(), OFFICERS, AT)
HOSTILE = "到 #panic()\n窗口\u202e反\u200b转 $x$ \\ “引号” ＠ العربية"


def test_a_phrase_stands_until_somebody_writes() -> None:
    text = all_text(PAPERS.render("acceptance_receipt", FACTS).data)
    assert "你（单位）可通过本单位窗口查询案件进展情况。" in text
    written = PAPERS.render("acceptance_receipt", FACTS, {"query_way": "96110"})
    assert "你（单位）可通过96110查询案件进展情况。" in all_text(written.data)


def test_every_editable_place_of_every_form_is_printed(printable: Printable) -> None:
    """All places of a form at once; by itself what is not found so, as where a page ends amid its words. A sweep writes
    each by itself."""

    def unprinted(form: str, typed: dict[str, str]) -> list[str]:
        text = all_text(PAPERS.render(form, FACTS, typed).data)
        # In a list each line is a row of its own.
        lines = {
            place: [squeezed(printable.text(line)) for line in typed[place].split("\n")]
            for place in typed
        }
        return [place for place in typed if any(line not in text for line in lines[place])]

    for spec in PAPERS.forms():
        typed = {
            place: "\n".join(f"第{number}处{line}" for line in HOSTILE.split("\n"))
            for number, place in enumerate(spec.editable)
        }
        alone = list(typed) if EVERY else unprinted(spec.id, typed)
        assert [p for p in alone if unprinted(spec.id, {p: typed[p]})] == [], spec.id


@pytest.mark.parametrize(
    "row", [row for row in CASE_FIELDS.rows if row.printed], ids=lambda row: row.key
)
def test_a_fact_stands_in_its_place_until_somebody_writes(row: FieldRow) -> None:
    told = CASE_FIELDS.from_fields({**a_case().to_fields(), row.key: "兰州铁路局"}, id=a_case().id)
    facts = replace(FACTS, file=replace(a_file(), case=told))
    forms = [spec.id for spec in PAPERS.forms() if row.printed in spec.editable]
    assert forms
    for form in forms:
        assert "兰州铁路局" in all_text(PAPERS.render(form, facts).data)
        own = PAPERS.render(form, facts, {row.printed: "无"})
        assert "兰州铁路局" not in all_text(own.data)


def test_a_blank_says_why() -> None:
    pdf = PAPERS.render(
        "acceptance_receipt", FACTS, blanks={"reporter": "refused", "contact": "电话已停机"}
    )
    text = all_text(pdf.data)
    assert "扭送人：（拒绝签名）" in text
    assert "（电话已停机）" in text


def test_only_declared_places_are_written(papers: TypstPapers) -> None:
    for texts, blanks in (
        ({"narrative": "别的"}, {}),
        ({"reporter": "签"}, {}),
        ({}, {"x": "refused"}),
    ):
        with pytest.raises(UserInputError, match=r"^form\.place$"):
            papers.render("acceptance_receipt", FACTS, texts, blanks)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_place_signature_and_reason_has_its_words(language: str) -> None:
    texts = Catalogue.load(language, strict=True)
    for entry in all_forms():
        assert [key for key in entry.editable if not texts.text(f"form_words.place.{key}")] == []
        assert [key for key in entry.signed_by if not texts.text(f"form_words.signer.{key}")] == []
    assert all_of(texts.text(f"form_words.blank.{reason.value}") for reason in BlankReason)


@settings(max_examples=examples(20))  # every form there is
@given(later=st.integers(0, 10**6), name=st.text(max_size=8))
def test_printed_facts_change_with_the_case_alone(later: int, name: str) -> None:
    case = a_case()
    renamed = replace(case, victim=replace(case.victim, name=name))
    changed = PaperFacts(replace(a_file(), case=renamed), OFFICERS, AT)
    for spec in PAPERS.forms():
        facts = PAPERS.printed_facts(spec.id, FACTS)
        after = replace(FACTS, at=AT + timedelta(seconds=later))
        assert PAPERS.printed_facts(spec.id, after) == facts
        differs = PAPERS.printed_facts(spec.id, changed) != facts
        assert not differs or name != case.victim.name

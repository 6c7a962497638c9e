"""Records of taking evidence: their words, and that each lists what was got in its own way on one occasion alone."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from desktop.documents.printing.form_texts import in_groups
from desktop.domain.evidence.item import AcquisitionMethod
from desktop.services.ports import PaperFacts
from tests.documents.interviews import lines_of
from tests.documents.making import new_papers
from tests.documents.pdf_text import all_text
from tests.documents.samples import AT, OFFICERS, hostile_file
from tests.documents.taking_records import (
    FORMS,
    RECORDS,
    facts_of,
    file_of,
    listed_methods,
)

PAPERS = new_papers()
GOLDEN = tomllib.loads(Path(__file__).with_name("taking_records.toml").read_text("utf-8"))
LISTING = [form for form in FORMS if listed_methods(form)]


def text_of(form: str, kind: str, about: str = "") -> str:
    return all_text(PAPERS.render(form, facts_of(kind, about)).data)


@pytest.mark.parametrize("form", FORMS)
def test_each_record_prints_these_words(form: str) -> None:
    assert tuple(GOLDEN[form]) == tuple(RECORDS)
    for kind in RECORDS:
        printed = "\n".join(lines_of(PAPERS.render(form, facts_of(kind)).data)) + "\n"
        assert printed == GOLDEN[form][kind], kind


@pytest.mark.parametrize("form", LISTING)
def test_it_lists_its_own_way_and_its_own_occasion_with_digests(form: str) -> None:
    whole = file_of("whole")
    fixed = {"photographed", "screenshot", "filmed", "printed"}
    for method in map(AcquisitionMethod, listed_methods(form)):
        for item in (item for item in whole.evidence if item.method is method):
            text = text_of(form, "whole", f"evidence/{item.id}")
            same = {item.method.value} if item.method.value not in fixed else fixed
            day = item.name.partition("-")[2]
            for other in whole.evidence:
                here = other.method.value in same and other.name.endswith(f"-{day}")
                assert (other.name in text) is here, (form, item.name, other.name)
            assert "".join(in_groups(item.sha256).split()) in text


def test_what_no_way_was_recorded_for_is_written_by_hand() -> None:
    for form in set(FORMS) - set(LISTING) - {"sealing_record"}:
        text = text_of(form, "whole")
        assert not any(item.name in text for item in file_of("whole").evidence)
        assert "完整性校验值" in text


def test_who_saw_it_and_why_nobody_did_is_as_recorded() -> None:
    for form in (*LISTING, "sealing_record"):
        assert "陈社区" in text_of(form, "whole"), form
        lone = text_of(form, "lone")
        assert "陈社区" not in lone, form
        assert "无见证人，原因：深夜无人可请，全程录像" in lone, form
        assert "王建国" in lone, form
        assert "马晓燕" not in lone or form == "sealing_record", form
        if form != "sealing_record":
            assert "未签名，原因：持有人手部受伤，已捺指印" in lone, form


def test_times_and_witness_are_never_struck_out_by_themselves() -> None:
    """And where a reason was given for a time that is blank, it stands beside the blank."""
    facts = facts_of("bare")
    blanks = {"began": "not_needed", "ended": "not_needed"}
    for form in ("extraction_record", "online_extraction_record", "data_examination_record"):
        text = all_text(PAPERS.render(form, facts, {}, blanks).data)
        assert text.count("年月日时分（无此情形）") == 2, form
        assert "见证人／" not in text, form
        assert "截屏情况／" not in text, "whether data may change is for the officer to say"


def test_hostile_records_are_printed_as_they_are() -> None:
    file = hostile_file()
    for form in FORMS:
        assert PAPERS.render(form, PaperFacts(file, OFFICERS, AT, "evidence/e1")).pages >= 1
        odd = PaperFacts(file, OFFICERS, AT, "evidence/" + "x" * 9000)
        assert PAPERS.render(form, odd).pages >= 1

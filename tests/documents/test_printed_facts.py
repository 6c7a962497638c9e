"""Every paper shows the facts that it is there for, and every line of words that it has."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import pytest

from desktop.documents.case_forms.typst_papers import TypstPapers
from desktop.documents.printing.form_compiler import FormCompiler
from desktop.documents.printing.printable import FormValue
from desktop.runtime.files.resources import resource_path
from desktop.runtime.texts.catalogue import PLACEHOLDER, Catalogue, file_texts
from desktop.services.ports import PaperFacts, Pdf
from tests.documents.making import new_papers
from tests.documents.pdf_text import all_text, squeezed
from tests.documents.printed_facts import Paper, papers, printed_facts, unprinted

TABLE = Path(__file__).with_name("printed_facts.toml")


@pytest.fixture(scope="module")
def drawn() -> list[Paper]:
    return list(papers())


def test_each_paper_shows_the_facts_that_the_table_says(drawn: list[Paper]) -> None:
    """A change of what a form prints is a change of the table, made anew by ``tests/documents/printed_facts.py``."""
    table: dict[str, list[str]] = tomllib.loads(TABLE.read_text("utf-8"))
    found = printed_facts(drawn)
    differs = {
        name: {
            "no longer": sorted(set(table.get(name, ())) - set(found.get(name, ()))),
            "new": sorted(set(found.get(name, ())) - set(table.get(name, ()))),
        }
        for name in sorted({*table, *found})
        if table.get(name) != found.get(name)
    }
    assert differs == {}


def test_a_record_of_which_nothing_is_shown_is_named_once() -> None:
    known = {"a", "b.c", "b.d", "e.f.g", "e.f.h", "e.i"}
    assert unprinted(known, {"b.c", "e.i"}) == {"a", "b.d", "e.f.*"}


class OnlyRead(FormCompiler):
    """Gives a template no more than it is known to read."""

    def compile(
        self,
        template: str,
        data: Mapping[str, FormValue],
        at: datetime,
        source: bytes | None = None,
    ) -> Pdf:
        reads = self.names(template, source)
        return super().compile(template, {x: data[x] for x in data if x in reads}, at, source)


def test_a_form_prints_nothing_but_the_names_it_is_known_to_read(drawn: list[Paper]) -> None:
    """What a signed paper is compared by: a name that is missed would hide that the case says something else."""
    compiler = OnlyRead(resource_path("forms"), resource_path("fonts"))
    limited = TypstPapers(compiler, Catalogue.load("zh_CN", strict=True))
    forms = {spec.id for spec in limited.forms()}
    first = {form: (facts, text) for form, facts, text in reversed(drawn) if form in forms}
    assert first.keys() == forms
    differs = [
        form
        for form, (facts, text) in first.items()
        if isinstance(facts, PaperFacts) and all_text(limited.render(form, facts).data) != text
    ]
    assert differs == []


def test_a_record_of_interview_reads_no_evidence() -> None:
    reads = new_papers().template("statement").reads
    assert reads is not None
    assert "evidence" not in reads
    assert "asked" in reads


OF_OTHER_FACTS = {
    "guidance": {
        "asked",
        "bring.other",
        "bring.unit",
        "ordered",
        *(
            f"{part}.{visit}"
            for part in ("came", "heading")
            for visit in ("enquiry", "tip", "dissuasion")
        ),
        *(
            f"state.{state}"
            for state in (
                "acknowledged",
                "carried",
                "failed",
                "issued",
                "partial",
                "released",
            )
        ),
    },
    "recovery": set[str](),
    "readme": {"more"},
    "masked": set[str](),
    "device_card": {"is.desk", "title.enrolment", "what.enrolment"},
    "centre_change": set[str](),
    "order_sheet": {"row.scope", "whole.lift", "whole.unfreeze"},
    "slip": {"code", "row.about", "scan_all", "summary"},
    "handover": {
        "gone",
        "no_contact",
        "overdue",
        *(
            f"part.{part}"
            for part in ("approvals", "clocks", "lapsing", "late", "tasks", "unanswered")
        ),
        "to_us",
    },
}
"""By area of the catalogue: lines that other facts than the ones drawn have."""


@pytest.mark.parametrize("area", OF_OTHER_FACTS)
def test_every_line_of_words_of_our_own_sheets_is_printed(drawn: list[Paper], area: str) -> None:
    prefix = f"documents.{area}."
    texts = file_texts(resource_path("translations/zh_CN/documents.toml"))
    lines = {
        key.removeprefix(prefix): line for key, line in texts.items() if key.startswith(prefix)
    }
    assert lines
    whole = "".join(text for _, _, text in drawn)
    missing = {
        name
        for name, line in lines.items()
        if not all(squeezed(part) in whole for part in PLACEHOLDER.split(line)[::2])
    }
    assert missing == OF_OTHER_FACTS[area]

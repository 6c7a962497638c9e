"""Every paper of every kind of case says what the law demands of it, and nothing false (``clauses/*.toml``)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pytest

from desktop.services.ports import Pdf
from tests.documents.drawn_papers import FORMS, cases, drawn
from tests.documents.pdf_text import all_text, body_text

HERE: Final = Path(__file__).with_name("clauses")
FACT: Final = re.compile(r"\{([a-z_]+(?:\.[a-z_]+)*)\}")
"""A named fact within a clause."""
MUST, NEVER = "must", "never"


@dataclass(frozen=True, slots=True)
class Clause:
    """What stands on a paper, or never does, in these kinds of case."""

    form: str
    rule: str
    says: str
    kinds: tuple[str, ...]

    def fails(self, text: str, facts: Mapping[str, str]) -> bool:
        """Whether the text of a paper breaks it. A fact that this kind of case lacks is a fault of the clause."""
        pattern = FACT.sub(lambda match: facts[match[1]], self.says)
        return (re.search(pattern, text) is None) is (self.rule == MUST)


Broken = tuple[str, str, str, str]
"""Form, rule, clause, kind of case."""


def read(name: str) -> dict[str, Any]:
    """A table of clauses."""
    return tomllib.loads((HERE / name).read_text("utf-8"))


def clauses() -> Iterator[Clause]:
    """Every clause for every form it holds for."""
    kinds = tuple(read("kinds.toml")["kinds"])
    tables = [read(path.name) for path in sorted(HERE.glob("*.toml"))]
    groups = [group for table in tables for group in table.get("group", ())]
    own = {name: body for table in tables for name, body in table.items() if name in FORMS}
    assert set(own) == set(FORMS), "a form without clauses"
    for form in FORMS:
        applies = _applies(own[form], kinds)
        for body in (own[form], *(group for group in groups if _holds_for(group, form))):
            for rule in (MUST, NEVER):
                for row in body.get(rule, ()):
                    if form not in row.get("but_forms", ()):
                        yield Clause(form, rule, row["say"], _applies(row, applies))


def _holds_for(group: Mapping[str, Any], form: str) -> bool:
    return group["forms"] == ["*"] or form in group["forms"]


def _applies(row: Mapping[str, Any], kinds: tuple[str, ...]) -> tuple[str, ...]:
    only, but = row.get("only", kinds), row.get("but", ())
    return tuple(kind for kind in kinds if kind in only and kind not in but)


def broken(form: str) -> set[Broken]:
    """Every clause that the paper breaks in a kind of case."""
    found: set[Broken] = set()
    held = [clause for clause in clauses() if clause.form == form]
    for kind, case in cases().items():
        mine = [clause for clause in held if kind in clause.kinds]
        if not mine:
            continue
        text = _text(drawn(form, kind))
        found |= {
            (form, clause.rule, clause.says, kind)
            for clause in mine
            if clause.fails(text, case.facts)
        }
    return found


def _text(pdf: Pdf) -> str:
    """All that stands there; of several pages also without head and foot, for a sentence may run over to the next."""
    whole = all_text(pdf.data)
    return whole if pdf.pages == 1 else f"{whole}\n{body_text(pdf.data)}"


def open_faults() -> set[Broken]:
    """What papers are known to break, each with a reason in ``clauses/open.toml``."""
    return {
        (clause.form, clause.rule, clause.says, kind)
        for row in read("open.toml").get("open", ())
        for clause in clauses()
        if (clause.rule, clause.form in row["forms"], clause.says in row["says"])
        == (row["rule"], True, True)
        for kind in clause.kinds
        if row["kinds"] == ["*"] or kind in row["kinds"]
    }


@pytest.mark.parametrize("form", FORMS)
def test_a_paper_says_what_it_must_and_nothing_false(form: str) -> None:
    known = {fault for fault in open_faults() if fault[0] == form}
    found = broken(form)
    assert found - known == set(), "clauses that the paper breaks"
    assert known - found == set(), "clauses that hold by now: take them out of clauses/open.toml"


def test_every_open_clause_is_a_clause_and_has_a_reason() -> None:
    stated = {(item.form, item.rule, item.says) for item in clauses()}
    for row in read("open.toml").get("open", ()):
        assert row["reason"]
        for form in row["forms"]:
            assert any((form, row["rule"], says) in stated for says in row["says"]), row
        for says in row["says"]:
            assert any((form, row["rule"], says) in stated for form in row["forms"]), row


def test_clauses_name_the_kinds_and_facts_of_their_tables() -> None:
    tables = read("kinds.toml")
    assert set(tables["kinds"]) == set(cases())
    named = {name for item in clauses() for name in FACT.findall(item.says)}
    assert named == set(tables["facts"])

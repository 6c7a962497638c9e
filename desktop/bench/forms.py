"""How long a paper takes once the typesetter is warm, beside a bare page with one word from the same typesetter."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from functools import partial
from statistics import median

import typst

from desktop.bench.material import Material
from desktop.bench.measure import FigureRow, beside, seconds
from desktop.domain.cases.step import StepKind
from desktop.runtime.files.resources import resource_path
from desktop.services.cases.changes.register_report import register_report
from desktop.services.cases.form.read_report import form_from_document
from desktop.services.orders.record_step import record_step
from desktop.services.papers.paper_facts import paper_facts
from desktop.services.ports import PaperFacts

_ROUNDS = 3
_PAGE = '#set text(font: "Noto Serif SC")\n#set page(paper: "a4")\n'


def forms(made: Material) -> Iterator[FigureRow]:
    """A row for each form, its median of three prints; ``form_pdf`` is the slowest of them.

    Every print is of a case that was changed since, so that nothing comes from the typesetter's memory.
    """
    facts = _facts(made)
    hello = _Hello()
    papers = made.session.papers
    turn, slowest = 0, None
    for spec in papers.forms():
        papers.render(spec.id, _changed(facts, turn))
        mine, bare = [], []
        for _ in range(_ROUNDS):
            turn += 1
            bare.append(seconds(partial(hello.print, turn)))
            mine.append(seconds(partial(papers.render, spec.id, _changed(facts, turn))))
        row = beside(f"form_pdf.{spec.id}", median(mine), median(bare))
        slowest = row if slowest is None or row.value > slowest.value else slowest
        yield row
    if slowest is not None:
        yield replace(slowest, name="form_pdf")


def _facts(made: Material) -> PaperFacts:
    document = json.loads((resource_path("samples") / "report.json").read_text("utf-8"))
    case = register_report(made.session, form_from_document(made.session, document)).case
    for kind in (StepKind.ACCEPTED, StepKind.FILED):
        record_step(made.session, case, kind, made.session.clock.now())
    return paper_facts(made.session, case)


def _changed(facts: PaperFacts, turn: int) -> PaperFacts:
    """The same case with another story, victim and minute."""
    case = facts.file.case
    victim = replace(case.victim, name=f"{case.victim.name}{turn}")
    story = f"{turn}。{case.narrative}"
    file = replace(facts.file, case=replace(case, victim=victim, narrative=story))
    return replace(facts, file=file, at=facts.at + timedelta(minutes=turn))


class _Hello:
    """The least the typesetter can be asked for, in the same font."""

    def __init__(self) -> None:
        fonts = typst.Fonts(
            include_system_fonts=False,
            include_embedded_fonts=False,
            font_paths=[str(resource_path("fonts"))],
        )
        self._compiler = typst.Compiler(font_paths=fonts)
        self.print(-1)

    def print(self, turn: int) -> object:
        """One page, never the same twice."""
        return self._compiler.compile(input=f"{_PAGE}你好 {turn}".encode(), format="pdf")

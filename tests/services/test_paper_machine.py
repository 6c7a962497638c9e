"""Papers drafted, written in, signed, replaced, withdrawn, in any order, while the case changes and the power fails.

Against a model that knows only what was asked for: the state of each paper, its texts, and the octets at signing.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    rule,
)

from desktop.domain.errors import RuleError
from desktop.domain.ids import PaperId
from desktop.domain.papers.paper import PaperState
from desktop.domain.progress import SILENT
from desktop.services.cases.changes.amend_case import form_of
from desktop.services.cases.changes.register_report import register_report
from desktop.services.look_up import case_file, history
from desktop.services.papers.draft_paper import draft_paper, edit_paper
from desktop.services.papers.replace_paper import replace_paper, withdraw_paper
from desktop.services.papers.show_paper import preview_paper, shown_texts
from desktop.services.papers.sign_paper import sign_paper
from tests.support.quick_places import quick_place
from tests.support.sessions import a_form, take_seat
from tests.support.sweep import examples

WORDS = st.text(max_size=12) | st.sampled_from(["乙\u202e丙", "\u200b", "", "电话 0931", "a\r\nb"])
PLACE = st.sampled_from(["query_way", "contact"])
PHRASES = {"query_way": "窗口", "contact": ""}


@dataclass
class Model:
    """What a paper should be."""

    texts: dict[str, str] = field(default_factory=dict)
    blanks: dict[str, str] = field(default_factory=dict)
    state: PaperState = PaperState.DRAFT
    replaces: str = ""
    octets: bytes = b""

    @property
    def open(self) -> bool:
        return any(
            not self.texts.get(place, phrase).strip() and place not in self.blanks
            for place, phrase in PHRASES.items()
        )


class Papers(RuleBasedStateMachine):
    papers: Bundle[PaperId] = Bundle("papers")

    def __init__(self) -> None:
        super().__init__()
        self.folder = quick_place()
        self.seat = take_seat(Path(self.folder.name) / "desk", "A")
        self.model: dict[PaperId, Model] = {}
        self.said: set[str] = set()

    @initialize()
    def begin(self) -> None:
        self.case = register_report(self.seat.session, a_form(self.seat.session)).case

    def teardown(self) -> None:
        self.seat.session.store.close()
        self.folder.cleanup()

    @rule(target=papers)
    def draft(self) -> PaperId:
        paper = draft_paper(self.seat.session, self.case, "receipt").id
        drafts = {key for key, item in self.model.items() if item.state is PaperState.DRAFT}
        assert paper in drafts if drafts else paper not in self.model
        self.model.setdefault(paper, Model())
        return paper

    @rule(paper=papers, place=PLACE, words=WORDS)
    def write(self, paper: PaperId, place: str, words: str) -> None:
        if self.attempt(self.model[paper].state is PaperState.DRAFT, "paper.not_draft",
                        lambda: edit_paper(self.seat.session, paper, {place: words})):  # fmt: skip
            self.model[paper].texts[place] = words.replace(
                "\0", "\ufffd"
            )  # the sign for what nobody can read
            self.said.add(words)

    @rule(paper=papers, place=PLACE)
    def give_back(self, paper: PaperId, place: str) -> None:
        if self.attempt(self.model[paper].state is PaperState.DRAFT, "paper.not_draft",
                        lambda: edit_paper(self.seat.session, paper, {place: None})):  # fmt: skip
            self.model[paper].texts.pop(place, None)

    @rule(paper=papers, place=PLACE, why=st.sampled_from(["", "refused", "自填原因"]))
    def leave_blank(self, paper: PaperId, place: str, why: str) -> None:
        if self.attempt(self.model[paper].state is PaperState.DRAFT, "paper.not_draft",
                        lambda: edit_paper(self.seat.session, paper, {}, {place: why})):  # fmt: skip
            blanks = {**self.model[paper].blanks, place: why}
            self.model[paper].blanks = {key: value for key, value in blanks.items() if value}

    @rule(paper=papers)
    def sign(self, paper: PaperId) -> None:
        item = self.model[paper]
        draft = item.state is PaperState.DRAFT
        code = "paper.places_open" if draft and item.open else "paper.not_draft"
        if self.attempt(
            draft and not item.open, code, lambda: sign_paper(self.seat.session, paper)
        ):
            item.state = PaperState.SIGNED
            item.octets = preview_paper(self.seat.session, paper).data
            former = self.model.get(PaperId(item.replaces))
            if former is not None and former.state is PaperState.SIGNED:
                former.state = PaperState.SUPERSEDED

    @rule(target=papers, paper=papers)
    def make_new_version(self, paper: PaperId) -> PaperId:
        item = self.model[paper]
        open_draft = [
            key
            for key, other in self.model.items()
            if other.replaces == paper and other.state is PaperState.DRAFT
        ]
        if open_draft:
            assert replace_paper(self.seat.session, paper, "改").id == open_draft[0]
            return open_draft[0]
        made: list[PaperId] = []
        if self.attempt(item.state is PaperState.SIGNED, "paper.not_signed",
                        lambda: made.append(replace_paper(self.seat.session, paper, "改").id)):  # fmt: skip
            self.model[made[0]] = Model(dict(item.texts), replaces=paper)
            return made[0]
        return paper

    @rule(paper=consumes(papers))
    def withdraw(self, paper: PaperId) -> None:
        item = self.model[paper]
        living = item.state in {PaperState.DRAFT, PaperState.SIGNED}
        if self.attempt(living, "paper.not_living",
                        lambda: withdraw_paper(self.seat.session, paper, "误")):  # fmt: skip
            item.state = PaperState.WITHDRAWN

    @rule(name=st.text(st.characters(categories=("Lu", "Lo")), min_size=1, max_size=6))
    def amend(self, name: str) -> None:
        form = form_of(self.seat.session, self.case)
        register_report(self.seat.session, replace(form, victim=replace(form.victim, name=name)))

    @rule()
    def lose_power(self) -> None:
        self.seat.reopen()

    def attempt(self, allowed: bool, code: str, work: object) -> bool:
        if allowed:
            work()  # type: ignore[operator]  # a verb, bound
        else:
            with pytest.raises(RuleError, match=f"^{code}$"):
                work()  # type: ignore[operator]  # a verb, bound
        return allowed

    @invariant()
    def papers_are_what_was_asked_for(self) -> None:
        session = self.seat.session
        if not self.model:
            return
        found = {paper.id: paper for paper in case_file(session, self.case).papers}
        assert found.keys() == self.model.keys()
        for key, item in self.model.items():
            paper = found[key]
            assert (paper.state, paper.texts, paper.blanks) == (
                item.state, item.texts, item.blanks,
            )  # fmt: skip
            if item.octets:
                assert preview_paper(session, key).data == item.octets
                assert paper.signed is not None
                assert paper.signed.pdf.sha256 == hashlib.sha256(item.octets).hexdigest()
                assert shown_texts(session, key) == {**PHRASES, **item.texts}

    @invariant()
    def no_wording_is_lost(self) -> None:
        told = {
            value
            for row in (history(self.seat.session, self.case) if self.model else ())
            for name, value in row.fields
            if name.startswith("text.")
        }
        # What stood there already was not said again: an empty place, or the same words.
        assert self.said <= told

    @invariant()
    def projections_are_what_the_journal_says(self) -> None:
        if self.model:
            assert self.seat.session.store.verify(SILENT) == ()


Papers.TestCase.settings = settings(
    max_examples=examples(20),
    stateful_step_count=20,
    suppress_health_check=list(HealthCheck),
)
TestPapers = Papers.TestCase

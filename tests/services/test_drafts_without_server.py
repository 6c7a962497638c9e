"""A centre's server comes and goes while calls are typed: nothing typed is lost, nothing of anybody is written over."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from pathlib import Path
from tempfile import mkdtemp

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from desktop.app.profile.sealed_drafts import SealedDrafts
from desktop.domain.cases.intake import IntakeForm
from desktop.domain.errors import WorldError
from desktop.domain.ids import CaseId
from desktop.domain.installation.officer import Officer
from desktop.services.calls.waiting_calls import same_caller, waiting_calls
from desktop.services.cases.changes.register_report import register_report
from desktop.services.cases.form.drafts import (
    blank_form,
    discard_draft,
    keep_blank,
    open_drafts,
    save_draft,
    send_drafts,
)
from desktop.services.session import Session
from tests.support.away_store import on_server
from tests.support.sessions import Seat, a_form, signed_in, take_seat

CALLS = st.integers(0, 2)


class ServerComesAndGoes(RuleBasedStateMachine):
    """``typed``: what was typed last into each call at this PC; ``theirs``: the same at another seat."""

    def __init__(self) -> None:
        super().__init__()
        self.seat = take_seat(Path(mkdtemp()) / "centre", "C")
        self.session, self.store = on_server(self.seat.session, self.seat.root / "drafts")
        self.other = signed_in(
            self.seat.session, Officer("620135", "李敏", self.session.officer.roles)
        )
        self.forms: dict[int, IntakeForm] = {}
        self.typed: dict[int, str] = {}
        self.theirs: set[str] = set()
        self.count = 0

    def _text(self) -> str:
        self.count += 1
        self.seat.clock.advance(seconds=1)
        return f"words {self.count}"

    @rule(call=CALLS)
    def type(self, call: int) -> None:
        form = self.forms.setdefault(call, blank_form(self.session))
        text = self._text()
        if not self.store.away and self.typed.get(call) not in self.waiting():
            self.theirs.discard(
                self._there(call)
            )  # both have it open: as without a server that goes
        save_draft(self.session, replace(form, narrative=text))
        self.typed[call] = text

    @rule(call=CALLS)
    def type_elsewhere(self, call: int) -> None:
        """Another seat goes on with what the server has."""
        if self.store.away or call not in self.forms:
            return
        before, text = self._there(call), self._text()
        if not before:
            return
        self.theirs.discard(before)
        if self.typed.get(call) == before:
            del self.typed[call]  # it reached the server, where whoever goes on may change it
        save_draft(self.other, replace(self.forms[call], narrative=text))
        self.theirs.add(text)

    def _there(self, call: int) -> str:
        with self.store.store.read() as reader:
            there = reader.draft(CaseId(self.forms[call].case_id))
        return there.form.narrative if there is not None else ""

    @rule(away=st.booleans())
    def change_server(self, away: bool) -> None:
        self.store.away = away

    @rule()
    def send(self) -> None:
        with contextlib.suppress(WorldError):
            send_drafts(self.session)
            assert self.waiting() == ()

    @rule()
    def start_again(self) -> None:
        """The program is killed and started: what it knows is on the disk."""
        self.session, store = on_server(self.seat.session, self.seat.root / "drafts")
        store.away, self.store = self.store.away, store

    def waiting(self) -> tuple[str, ...]:
        assert self.session.pc_drafts is not None
        return tuple(draft.form.narrative for draft in self.session.pc_drafts.all())

    @invariant()
    def everything_is_somewhere(self) -> None:
        there = {draft.form.narrative for draft in open_drafts(self.seat.session)}
        assert set(self.typed.values()) <= there | set(self.waiting())
        assert self.theirs <= there, "what another seat typed was written over"

    def teardown(self) -> None:
        self.seat.session.store.close()


TestServerComesAndGoes = ServerComesAndGoes.TestCase


def test_two_who_typed_into_one_draft_both_keep_it(seat: Seat) -> None:
    session, store = on_server(seat.session, seat.root / "drafts")
    form = a_form(session)
    save_draft(session, form)
    store.away = True
    save_draft(session, replace(form, narrative="here"))
    seat.clock.advance(seconds=1)
    save_draft(seat.session, replace(form, narrative="there"))
    store.away = False
    send_drafts(session)
    drafts = {draft.form.narrative: draft.form.case_id for draft in open_drafts(session)}
    assert drafts.keys() == {"here", "there"}
    assert drafts["there"] == form.case_id


def test_a_disk_that_takes_nothing_leaves_it_to_the_server(
    seat: Seat, monkeypatch: pytest.MonkeyPatch
) -> None:
    session, store = on_server(seat.session, seat.root / "drafts")
    form = a_form(session)

    def full(*_: object) -> None:
        raise WorldError("disk.full")

    monkeypatch.setattr(SealedDrafts, "save", full)
    monkeypatch.setattr(SealedDrafts, "drop", full)
    assert not save_draft(session, form).on_pc
    store.away = True
    with pytest.raises(WorldError, match=r"database\.server_gone"):
        save_draft(session, form)
    store.away = False
    register_report(session, form)
    assert open_drafts(session) == ()


def test_calls_go_on_and_are_listed_while_the_server_is_away(seat: Seat) -> None:
    session, store = on_server(seat.session, seat.root / "drafts")
    store.away = True
    first = replace(a_form(session), answers=(("call.caller", "13919364417"),))
    save_draft(session, first)
    blank = blank_form(session)
    assert keep_blank(session, blank).on_pc
    discard_draft(session, CaseId(blank.case_id))
    assert [call.case for call in waiting_calls(session)] == [first.case_id]
    second = replace(blank_form(session), answers=first.answers)
    again = same_caller(session, second)
    assert again is not None
    assert again.case == first.case_id


def test_what_is_registered_waits_no_more(seat: Seat) -> None:
    session, store = on_server(seat.session, seat.root / "drafts")
    form = a_form(session)
    store.away = True
    assert save_draft(session, form).on_pc
    assert [draft.form for draft in open_drafts(session)] == [form]
    store.away = False
    register_report(session, form)
    assert open_drafts(session) == ()
    send_drafts(session)
    assert open_drafts(session) == ()


def test_only_what_this_profile_sealed_is_read(session: Session, quick_folder: Path) -> None:
    drafts = SealedDrafts(quick_folder / "drafts", bytes(32))
    away, store = on_server(session, quick_folder / "drafts")
    store.away = True
    one, other = a_form(session, "甲某某"), a_form(session, "乙某某")
    for form in (one, other):
        save_draft(away, form)
    files = sorted((quick_folder / "drafts").glob("*.draft"))
    assert not any("甲某某".encode() in path.read_bytes() for path in files)
    assert {draft.form for draft in drafts.all()} == {one, other}
    assert SealedDrafts(quick_folder / "drafts", bytes(31) + b"1").all() == ()

    first = files[0].read_bytes()
    files[1].write_bytes(first)  # in the place of another
    assert len(drafts.all()) == 1
    files[0].write_bytes(first[:-1] + bytes([first[-1] ^ 1]))
    (quick_folder / "drafts" / "x.draft").symlink_to(files[1])
    (quick_folder / "drafts" / "y.draft").write_bytes(b"")
    assert drafts.all() == ()

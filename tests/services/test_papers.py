"""Papers: a draft follows the case, a signed one stays what it was, and no wording is ever lost."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.domain.case_file.views import HistoryRow
from desktop.domain.errors import AppError, RuleError, UserInputError
from desktop.domain.ids import CaseId, PaperId
from desktop.domain.officer import Officer, Role
from desktop.domain.papers.paper import MAX_TEXT, Paper, PaperState
from desktop.domain.progress import SILENT
from desktop.services.cases.amend_case import form_of
from desktop.services.cases.merge_cases import merge_cases
from desktop.services.cases.register_report import register_report
from desktop.services.desk import Desk
from desktop.services.exchange.trust import own_card
from desktop.services.health import check_health
from desktop.services.look_up import case_file, history
from desktop.services.papers.draft_paper import draft_paper, edit_paper
from desktop.services.papers.draw_form import draw_form
from desktop.services.papers.note_print import PrintRun, note_kept, note_print
from desktop.services.papers.paper_facts import paper_facts
from desktop.services.papers.read_paper import facts_for, read_paper
from desktop.services.papers.replace_paper import replace_paper, withdraw_paper
from desktop.services.papers.show_paper import Difference, differences, preview_paper, shown_texts
from desktop.services.papers.sign_paper import open_places, sign_paper
from tests.support.ceremony import approve, trust_peer
from tests.support.desks import Seat, a_form
from tests.support.journals import acquainted, length, replica, written
from tests.support.sealed_files import sealed_file

FORM = "receipt"
HOSTILE = "反\u202e转\u200b零宽 العربية 𠮷 \ufeff\n\t末"


@pytest.fixture
def case(desk: Desk) -> CaseId:
    return register_report(desk, a_form(desk)).case


def rename(desk: Desk, case: CaseId, name: str) -> None:
    form = form_of(desk, case)
    register_report(desk, replace(form, victim=replace(form.victim, name=name)))


def one(desk: Desk, case: CaseId, paper: PaperId) -> Paper:
    return next(item for item in case_file(desk, case).papers if item.id == paper)


def filled(desk: Desk, case: CaseId) -> Paper:
    paper = draft_paper(desk, case, FORM)
    edit_paper(desk, paper.id, {"contact": "0931-8888888"})
    return paper


@contextmanager
def refused(desk: Desk, code: str) -> Iterator[None]:
    before = length(desk)
    with pytest.raises(AppError) as caught:
        yield
    assert caught.value.code == code
    assert length(desk) == before, "a refusal records nothing"


def test_a_draft_follows_the_case_until_it_is_signed(desk: Desk, case: CaseId) -> None:
    paper = filled(desk, case)
    rename(desk, case, "李秀蘭")
    assert "李秀蘭" in preview_paper(desk, paper.id).data.decode()
    signed = sign_paper(desk, paper.id).signed
    assert signed is not None
    data = preview_paper(desk, paper.id).data
    rename(desk, case, "别人")
    assert preview_paper(desk, paper.id).data == data
    found = one(desk, case, paper.id)
    assert found.signed == signed
    assert differences(desk, case_file(desk, case), found) == (
        Difference("victim.name", "李秀蘭", "别人"),
    )
    assert check_health(desk, SILENT) == ()


def test_what_was_signed_can_be_read_from_the_vault_alone(desk: Desk, case: CaseId) -> None:
    paper = filled(desk, case)
    edit_paper(desk, paper.id, {}, {"reporter": "refused"})
    signed = sign_paper(desk, paper.id).signed
    assert signed is not None
    record = json.loads(desk.vault.open(signed.record.sha256).read())
    assert record["texts"] == {"query_way": "窗口", "contact": "0931-8888888"}
    assert record["blanks"] == {"reporter": "refused"}
    assert record["facts"]["victim.name"] == "李秀兰"
    assert record["template"] == signed.template != ""


def test_a_new_version_takes_the_place_when_it_is_signed(desk: Desk, case: CaseId) -> None:
    first = sign_paper(desk, filled(desk, case).id)
    second = replace_paper(desk, first.id, " 电话写错 ")
    assert replace_paper(desk, first.id, "again").id == second.id, "one at a time"
    assert (second.replaces, second.reason) == (first.id, "电话写错")
    assert second.texts == {"contact": "0931-8888888"}
    assert one(desk, case, first.id).state is PaperState.SIGNED
    data = preview_paper(desk, first.id).data
    edit_paper(desk, second.id, {"contact": "0931-6666666"})
    sign_paper(desk, second.id)
    former = one(desk, case, first.id)
    assert (former.state, former.replaced_by) == (PaperState.SUPERSEDED, second.id)
    assert preview_paper(desk, first.id).data == data
    withdraw_paper(desk, second.id, "报案人撤回")
    assert one(desk, case, second.id).state is PaperState.WITHDRAWN
    assert preview_paper(desk, second.id).data
    kinds = [row.kind for row in history(desk, case) if row.kind.startswith("paper.")]
    assert kinds == [
        "paper.drafted", "paper.edited", "paper.signed", "paper.drafted", "paper.edited", "paper.signed",
        "paper.superseded", "paper.withdrawn",
    ]  # fmt: skip


def test_a_place_stays_blank_only_with_a_reason(desk: Desk, case: CaseId) -> None:
    paper = draft_paper(desk, case, FORM)
    assert open_places(desk, paper.id) == ("contact",)
    edit_paper(desk, paper.id, {"query_way": "  "})
    assert open_places(desk, paper.id) == ("query_way", "contact")
    with refused(desk, "paper.places_open"):
        sign_paper(desk, paper.id)
    edit_paper(desk, paper.id, {"query_way": None}, {"contact": "unreachable"})
    assert shown_texts(desk, paper.id)["query_way"] == "窗口"
    assert sign_paper(desk, paper.id).signed is not None


def test_illegal_steps_are_refused_by_name(desk: Desk, case: CaseId) -> None:
    paper = filled(desk, case)
    with refused(desk, "form.place"):
        edit_paper(desk, paper.id, {"narrative": "x"})
    with refused(desk, "form.place"):
        edit_paper(desk, paper.id, {}, {"nobody": "refused"})
    with refused(desk, "paper.text_too_long"):
        edit_paper(desk, paper.id, {"contact": "长" * (MAX_TEXT + 1)})
    with refused(desk, "entry.unwritable"):
        edit_paper(desk, paper.id, {"contact": "\ud800"})
    with refused(desk, "paper.not_signed"):
        replace_paper(desk, paper.id, "x")
    with refused(desk, "paper.no_reason"):
        withdraw_paper(desk, paper.id, " \n")
    with refused(desk, "form.unknown"):
        draft_paper(desk, case, "nothing")
    with refused(desk, "case.unknown"):
        draft_paper(desk, CaseId("nobody"), FORM)
    for verb in (sign_paper, preview_paper, open_places, shown_texts):
        with refused(desk, "paper.unknown"):
            verb(desk, PaperId("nothing"))
    sign_paper(desk, paper.id)
    with refused(desk, "paper.not_draft"):
        edit_paper(desk, paper.id, {"contact": "x"})
    with refused(desk, "paper.not_draft"):
        sign_paper(desk, paper.id)
    withdraw_paper(desk, paper.id, "误签")
    with refused(desk, "paper.not_living"):
        withdraw_paper(desk, paper.id, "误签")
    with refused(desk, "paper.not_signed"):
        replace_paper(desk, paper.id, "x")
    auditor = replace(desk, officer=Officer("620199", "审计", (Role.AUDITOR,)))
    with refused(desk, "rights.missing"):
        draft_paper(auditor, case, FORM)


def _prints(desk: Desk, case: CaseId) -> list[HistoryRow]:
    return [row for row in history(desk, case) if row.kind == "document.printed"]


def test_printing_a_form_prints_what_counts(desk: Desk, case: CaseId) -> None:
    """Nothing, then a draft, then the signed paper, whatever the case says meanwhile. Drawing tells nothing; a
    print and a file are told, each as what it was."""
    assert "窗口" in draw_form(desk, FORM, case).data.decode()
    paper = filled(desk, case)
    assert "0931-8888888" in draw_form(desk, FORM, case).data.decode()
    sign_paper(desk, paper.id)
    data = preview_paper(desk, paper.id).data
    rename(desk, case, "别人")
    assert draw_form(desk, FORM, case).data == data
    assert _prints(desk, case) == []
    drawn = draw_form(desk, FORM, case)
    assert drawn.record is not None
    note_kept(desk, drawn)
    note_print(desk, drawn.record, PrintRun(3, 2, 2, 3))
    rows = _prints(desk, case)
    assert [row.subject for row in rows] == 2 * [f"paper/{paper.id}"]
    assert dict(rows[0].fields)["copies"] == "0"
    assert dict(rows[-1].fields) == {
        "form": FORM, "pages": "3", "copies": "2", "first": "2", "last": "3",
    }  # fmt: skip


def test_a_wording_nobody_edited_follows_the_case_and_is_missed_when_it_changes(
    desk: Desk, case: CaseId
) -> None:
    paper = sign_paper(desk, filled(desk, case).id)
    desk.papers.with_phrase(FORM, "query_way", "网上")
    found = differences(desk, case_file(desk, case), paper)
    assert found == (Difference("texts.query_way", "窗口", "网上"),)


def test_saying_it_twice_records_nothing(desk: Desk, case: CaseId) -> None:
    paper = filled(desk, case)
    before = length(desk)
    assert draft_paper(desk, case, FORM).id == paper.id
    edit_paper(desk, paper.id, {"contact": "0931-8888888"}, {"reporter": ""})
    assert length(desk) == before


def test_a_long_or_hostile_text_is_kept_to_the_letter(desk: Desk, case: CaseId) -> None:
    paper = draft_paper(desk, case, FORM)
    for words in (HOSTILE, "长" * MAX_TEXT):
        edit_paper(desk, paper.id, {"contact": words})
        assert one(desk, case, paper.id).texts["contact"] == words
    assert sign_paper(desk, paper.id).signed is not None
    assert shown_texts(desk, paper.id)["contact"] == "长" * MAX_TEXT


def test_a_case_that_changes_while_it_is_signed_is_looked_at_again(
    desk: Desk, case: CaseId, monkeypatch: pytest.MonkeyPatch
) -> None:
    paper = filled(desk, case)
    render = desk.papers.render

    def slow(*said: object) -> object:
        rename(desk, case, "别人")
        return render(*said)  # type: ignore[arg-type]  # as it was called

    monkeypatch.setattr(desk.papers, "render", slow)
    with pytest.raises(RuleError, match=r"paper\.changed_meanwhile"):
        sign_paper(desk, paper.id)
    monkeypatch.undo()
    assert one(desk, case, paper.id).state is PaperState.DRAFT
    assert sign_paper(desk, paper.id).signed is not None


def test_what_is_signed_tells_every_payment_of_merged_reports_once(
    desk: Desk, case: CaseId, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = a_form(desk)
    more = replace(form.transfers[0], id=desk.ids.new_id(), amount="500", serial="26112400128999")
    other = register_report(desk, replace(form, transfers=(*form.transfers, more))).case
    paper = filled(desk, case)
    render = desk.papers.render

    def slow(*said: object) -> object:
        merge_cases(desk, case, other)
        return render(*said)  # type: ignore[arg-type]  # as it was called

    monkeypatch.setattr(desk.papers, "render", slow)
    with pytest.raises(RuleError, match=r"paper\.changed_meanwhile"):
        sign_paper(desk, paper.id)
    monkeypatch.undo()
    sign_paper(desk, paper.id)
    found = read_paper(desk, paper.id)
    assert found.file == paper_facts(desk, case).file
    assert [item.amount_fen for item in facts_for(desk, found).file.transfers] == [
        9_800_000,
        50_000,
    ]
    assert differences(desk, found.file, found.paper) == ()


def test_signed_papers_are_files_to_check_and_to_send(seat: Seat) -> None:
    desk = seat.desk
    case = register_report(desk, a_form(desk)).case
    signed = sign_paper(desk, filled(desk, case).id).signed
    assert signed is not None
    with desk.store.read() as reader:
        assert set(reader.known_blobs()) == {signed.pdf, signed.record}
        assert not reader.is_awaited(signed.pdf.sha256)
    sealed_file(desk, signed.pdf.sha256).unlink()
    assert check_health(desk, SILENT) != (), "a lost paper is noticed"


def test_two_desks_may_write_into_one_draft_and_nothing_is_lost(
    desk: Desk, case: CaseId, tmp_path: Path
) -> None:
    paper = draft_paper(desk, case, FORM)
    other = replica(desk, tmp_path / "b.db", "BBBBBBBBBBBBBBBB", [written(desk)])
    edit_paper(desk, paper.id, {"contact": "甲写的"})
    edit_paper(other, paper.id, {"contact": "乙写的"})
    acquainted(desk, other)
    with desk.store.write() as transaction:
        transaction.apply(written(other))
    (conflict,) = case_file(desk, case).conflicts
    assert (conflict.subject, conflict.field) == (f"paper/{paper.id}", "text.contact")
    assert {told.value for told in conflict.values} == {"甲写的", "乙写的"}
    assert desk.store.verify(SILENT) == ()
    other.store.close()


def test_an_unknown_paper_of_an_older_desk_is_no_paper(desk: Desk, case: CaseId) -> None:
    assert case_file(desk, case).papers == ()
    with pytest.raises(UserInputError, match=r"paper\.unknown"):
        preview_paper(desk, PaperId(case))


def test_a_signed_paper_travels_to_the_centre_and_is_acknowledged(
    desk: Desk, centre: Desk, case: CaseId, quick_folder: Path
) -> None:
    from tests.services.test_exchange_path import Courier  # noqa: PLC0415 - who carries sticks there

    trust_peer(desk, approve(centre, own_card(desk)))
    courier = Courier(desk, centre, quick_folder)
    signed = sign_paper(desk, filled(desk, case).id)
    made = courier.export()
    courier.ingest(made, 0)
    assert one(centre, case, signed.id) == one(desk, case, signed.id)
    with pytest.raises(AppError, match=r"vault\.missing"):
        preview_paper(centre, signed.id)
    assert check_health(centre, SILENT) == (), "what is still on its way is not lost"
    courier.ingest(made)
    assert preview_paper(centre, signed.id).data == preview_paper(desk, signed.id).data
    courier.answer()
    assert courier.bundle_state() == "acknowledged"

"""When the program's originals change, a unit loses nothing of its own and decides place by place."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.app.installation import Installation
from desktop.documents.case_forms.form_specs import all_forms
from desktop.domain.errors import RuleError, UserInputError
from desktop.domain.installation.bound_files import PHRASES, digest_of
from desktop.domain.installation.officer import Officer, Role
from desktop.journal.authority import file_subject
from desktop.journal.entry_table import ENTRIES
from desktop.journal.kinds import FILE_APPROVED
from desktop.runtime.files.resources import resource_path
from desktop.services.bound.approve_file import approve_file
from desktop.services.bound.bound_texts import bound_file
from desktop.services.bound.check_files import changed_files
from desktop.services.bound.compare_originals import (
    go_back,
    own_form,
    own_forms,
    take_originals,
    trial_taken,
)
from desktop.services.papers.draw_form import keep_phrase
from desktop.services.session import Session
from tests.support.installations import OFFICER, PASSWORD, make_desk
from tests.support.journals import written

RECEIPT = "acceptance_receipt"
TEMPLATE = f"forms/{RECEIPT}.typ"
SHIPPED = (resource_path("forms") / f"{RECEIPT}.typ").read_text("utf-8")
OWN = SHIPPED.replace("一式两份，一份附卷", "一式两份（扫码查询进展），一份附卷")
NEXT = SHIPPED.replace("（受案单位印章）", "（受案单位印章、骑缝章）")
BOTH = SHIPPED.replace("一式两份，一份附卷", "一式三份，一份附卷")


class Shipped:
    """The program's own templates, as a later version has them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        shutil.copytree(resource_path("forms"), folder)

    def __call__(self, name: str) -> Path:
        return self.folder if name == "forms" else resource_path(name)

    def say(self, text: str) -> None:
        (self.folder / f"{RECEIPT}.typ").write_text(text, "utf-8")


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shipped:
    made = Shipped(tmp_path / "shipped")
    monkeypatch.setattr("desktop.app.typesetting.resource_path", made)
    return made


@pytest.fixture
def desk(tmp_path: Path, shipped: Shipped) -> Iterator[Installation]:
    installation = make_desk(tmp_path / "desk")
    yield installation
    installation.close()


def signed_in(installation: Installation) -> Session:
    installation.close()
    return installation.sign_in(OFFICER, PASSWORD)


def adapted(desk: Installation, text: str = OWN) -> Session:
    session = signed_in(desk)
    approve_file(session, TEMPLATE, text)
    return session


def printed_by(session: Session) -> str:
    return session.papers.template(RECEIPT).version


def test_a_template_goes_on_being_printed_and_is_named_once_its_original_changed(
    desk: Installation, shipped: Shipped
) -> None:
    session = adapted(desk)
    own = printed_by(session)
    assert own_form(session, TEMPLATE).open == ()
    assert own_form(session, TEMPLATE).own_changes == 1
    shipped.say(NEXT)
    session = signed_in(desk)
    assert printed_by(session) == own
    form = own_form(session, TEMPLATE)
    (at,) = form.open
    assert "骑缝章" in form.places[at].now
    assert "骑缝章" not in form.places[at].own
    assert form.places[at].then == form.places[at].own
    assert (form.known, form.fault, form.returnable) == (True, "", False)
    assert session.papers.template(RECEIPT).behind
    assert not session.papers.template("statement").behind


def test_other_devices_take_what_is_bound(desk: Installation, shipped: Shipped) -> None:
    """No entry about an own form says what the table of entries does not know: it would be refused everywhere."""
    session = adapted(desk)
    shipped.say(NEXT)
    session = signed_in(desk)
    form = own_form(session, TEMPLATE)
    take_originals(session, TEMPLATE, form.open, form.comparison)
    go_back(session, TEMPLATE)
    told = [item for item in written(session) if item.kind == FILE_APPROVED]
    assert len(told) == 3
    for item in told:
        rule = ENTRIES[item.kind]
        for name, value in item.fields.items():
            kind = rule.type_of("file", name)
            assert kind is not None, name
            assert kind.accepts(value), name


def test_the_head_takes_over_what_the_original_says_now_and_may_go_back(
    desk: Installation, shipped: Shipped
) -> None:
    adapted(desk)
    shipped.say(NEXT)
    session = signed_in(desk)
    form = own_form(session, TEMPLATE)
    assert trial_taken(session, TEMPLATE, form.open, form.comparison).pages > 0
    digest = take_originals(session, TEMPLATE, form.open, form.comparison)
    both = NEXT.replace("一式两份，一份附卷", "一式两份（扫码查询进展），一份附卷")
    assert digest == digest_of(both)
    assert (desk.paths.root / TEMPLATE).read_text("utf-8") == both
    taken = own_form(session, TEMPLATE)
    assert not session.papers.template(RECEIPT).behind
    assert (taken.text, taken.open, taken.returnable) == (both, (), True)
    session = signed_in(desk)
    assert changed_files(session) == ()
    assert go_back(session, TEMPLATE) == digest_of(OWN)
    again = own_form(session, TEMPLATE)
    assert again.text == OWN
    assert again.open == form.open  # the change of the original waits again
    assert go_back(session, TEMPLATE) == digest_of(both)
    assert changed_files(signed_in(desk)) == ()


def test_who_keeps_the_own_wording_is_not_asked_again_until_the_original_changes_once_more(
    desk: Installation, shipped: Shipped
) -> None:
    adapted(desk)
    shipped.say(BOTH)
    session = signed_in(desk)
    form = own_form(session, TEMPLATE)
    assert [form.places[at].both for at in form.open] == [True]
    assert take_originals(session, TEMPLATE, (), form.comparison) == digest_of(OWN)
    assert own_form(session, TEMPLATE).open == ()
    shipped.say(BOTH.replace("三份", "四份"))
    assert len(own_form(signed_in(desk), TEMPLATE).open) == 1


def test_taking_over_everything_leaves_the_shipped_form_and_the_own_one_can_come_back(
    desk: Installation, shipped: Shipped
) -> None:
    adapted(desk)
    shipped.say(BOTH)
    session = signed_in(desk)
    form = own_form(session, TEMPLATE)
    assert take_originals(session, TEMPLATE, form.open, form.comparison) == ""
    assert printed_by(session).startswith("shipped:")
    assert not (desk.paths.root / TEMPLATE).exists()
    gone = own_form(session, TEMPLATE)
    assert (gone.text, gone.open, gone.returnable) == (None, (), True)
    go_back(session, TEMPLATE)
    assert own_form(session, TEMPLATE).text == OWN


def test_a_template_that_lacks_a_place_of_the_new_original_is_laid_aside_until_it_is_taken_over(
    desk: Installation, shipped: Shipped
) -> None:
    lacking = SHIPPED.replace('#free("contact")', "#text(data.officer)")
    shipped.say(lacking)
    session = signed_in(desk)
    approve_file(session, TEMPLATE, lacking.replace("一式两份，一份附卷", "一式五份，一份附卷"))
    shipped.say(SHIPPED)
    session = signed_in(desk)
    form = own_form(session, TEMPLATE)
    assert "contact" in form.fault
    assert printed_by(session).startswith("shipped:")
    with pytest.raises(UserInputError, match=r"^bound\.unfit$"):
        take_originals(session, TEMPLATE, (), form.comparison)
    take_originals(session, TEMPLATE, form.open, form.comparison)
    assert own_form(session, TEMPLATE).fault == ""
    assert printed_by(session).startswith("unit:")


def test_what_was_not_looked_at_is_not_decided(desk: Installation, shipped: Shipped) -> None:
    adapted(desk)
    shipped.say(NEXT)
    session = signed_in(desk)
    form = own_form(session, TEMPLATE)
    shipped.say(BOTH)
    for act in (trial_taken, take_originals):
        with pytest.raises(UserInputError, match=r"^bound\.moved_on$"):
            act(session, TEMPLATE, form.open, form.comparison)
    form = own_form(session, TEMPLATE)
    with pytest.raises(UserInputError, match=r"^bound\.moved_on$"):
        take_originals(session, TEMPLATE, (0, 99), form.comparison)
    for path in ("forms/nothing.typ", "profile.toml", "../x"):
        with pytest.raises(UserInputError, match=r"^bound\.unknown$"):
            take_originals(session, path, (), form.comparison)
        with pytest.raises(UserInputError, match=r"^bound\.no_earlier$"):
            go_back(session, path)
    assert own_form(session, TEMPLATE).text == OWN


@pytest.mark.parametrize("role", [Role.FRONT_DESK, Role.INVESTIGATOR, Role.AUDITOR])
def test_only_head_and_administrator_decide(
    desk: Installation, shipped: Shipped, role: Role
) -> None:
    adapted(desk)
    shipped.say(NEXT)
    session = signed_in(desk)
    form = own_form(session, TEMPLATE)
    plain = replace(session, officer=Officer("620135", "马晓燕", (role,)))
    assert own_forms(plain) == (form,)  # everybody may see by what papers are printed
    for act in (trial_taken, take_originals):
        with pytest.raises(RuleError, match=r"^rights\.missing$"):
            act(plain, TEMPLATE, form.open, form.comparison)
    with pytest.raises(RuleError, match=r"^rights\.missing$"):
        go_back(plain, TEMPLATE)


def test_a_binding_of_an_earlier_program_has_an_original_that_nobody_knows(
    desk: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = signed_in(desk)
    with monkeypatch.context() as patch:
        patch.setattr("desktop.services.bound.bound_texts.FORMS", "nowhere/")
        approve_file(session, TEMPLATE, OWN)
    form = own_form(session, TEMPLATE)
    assert (form.known, form.returnable, len(form.open)) == (False, False, 1)
    take_originals(session, TEMPLATE, (), form.comparison)  # looked at once, and known from now on
    assert own_form(session, TEMPLATE).open == ()


def test_an_original_that_does_not_match_its_digest_counts_as_unknown(desk: Installation) -> None:
    session = adapted(desk)
    with session.store.read() as reader:
        fields = dict(reader.current(file_subject(session.profile.device, TEMPLATE)))
    assert bound_file(TEMPLATE, fields).original == SHIPPED
    assert bound_file(TEMPLATE, fields | {"original_sha256": "0" * 64}).original == ""
    older = fields | {
        "former": digest_of("bound by a program that keeps no earlier text"),
        "again": True,
    }
    assert bound_file(TEMPLATE, older).before is None


def with_wording(monkeypatch: pytest.MonkeyPatch, place: str, words: str | None) -> None:
    """A later version of the program words this place of the receipt so, or has it no more (None)."""
    forms = []
    for shipped in all_forms():
        entry = shipped
        if entry.id == RECEIPT:
            editable = tuple(item for item in entry.editable if item != place or words is not None)
            phrases = {key: text for key, text in entry.phrases.items() if key in editable}
            if words is not None:
                phrases[place] = words
            entry = replace(entry, editable=editable, phrases=phrases)
        forms.append(entry)
    for module in ("unit_forms", "own_originals", "unit_trial"):
        name = f"desktop.documents.case_forms.{module}.all_forms"
        monkeypatch.setattr(name, lambda: tuple(forms))


def test_a_wording_is_compared_place_by_place(
    desk: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = signed_in(desk)
    keep_phrase(session, RECEIPT, "contact", "值班室")
    keep_phrase(session, RECEIPT, "query_way", "甘肃公安网上服务")
    assert own_form(session, PHRASES).open == ()
    with_wording(monkeypatch, "query_way", "96110 或者窗口")
    session = signed_in(desk)
    form = own_form(session, PHRASES)
    (at,) = form.open
    place = form.places[at]
    assert place.name == f"{RECEIPT}.query_way"
    assert (place.now, place.own) == ("96110 或者窗口", "甘肃公安网上服务")
    assert place.both
    assert session.papers.template(RECEIPT).behind
    assert not session.papers.template("statement").behind
    keep_phrase(session, RECEIPT, "query_way", "网上服务或者窗口")  # reworded, still undecided
    form = own_form(session, PHRASES)
    assert len(form.open) == 1
    take_originals(session, PHRASES, form.open, form.comparison)
    left = own_form(session, PHRASES)
    assert [item.name for item in left.places] == [f"{RECEIPT}.contact"]
    go_back(session, PHRASES)
    assert own_form(session, PHRASES).text == form.text


def test_a_form_that_loses_a_place_takes_no_other_wording_with_it(
    desk: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = signed_in(desk)
    keep_phrase(session, RECEIPT, "contact", "值班室")
    keep_phrase(session, RECEIPT, "query_way", "网上服务")
    with_wording(monkeypatch, "contact", None)
    session = signed_in(desk)
    assert session.papers.template(RECEIPT).of_unit
    form = own_form(session, PHRASES)
    assert "has no place contact" in form.fault
    keep_phrase(session, RECEIPT, "query_way", "窗口")
    form = own_form(session, PHRASES)
    assert {item.name: item.own for item in form.places} == {
        f"{RECEIPT}.contact": "值班室", f"{RECEIPT}.query_way": "窗口",
    }  # fmt: skip
    with pytest.raises(UserInputError, match=r"^bound\.unfit$"):
        approve_file(session, PHRASES, form.text)  # from outside it would be a slip of the pen
    assert form.text is not None
    assert take_originals(session, PHRASES, (), form.comparison) == digest_of(form.text)

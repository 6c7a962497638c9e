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
from desktop.domain.records.fields import Fields
from desktop.journal.authority import file_subject
from desktop.journal.entry import NewEntry
from desktop.journal.entry_table import ENTRIES
from desktop.journal.kinds import FILE_APPROVED, FILE_BOUND
from desktop.runtime.files.resources import resource_path
from desktop.runtime.packages.own_tables import OwnTables
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
from tests.golden.test_known_fields import REFUSED
from tests.support.installations import OFFICER, PASSWORD, make_desk
from tests.support.journals import written
from tests.support.strict import all_of

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
    told = [item for item in written(session) if item.kind in {FILE_APPROVED, FILE_BOUND}]
    assert len([item for item in told if TEMPLATE in item.subject]) == 6, "each beside its original"
    for item in told:
        rule = ENTRIES[item.kind]
        for name, value in item.fields.items():
            kind = rule.type_of("file", name)
            assert kind is not None, name
            assert kind.accepts(value), name
            assert (item.kind, "file", name) not in REFUSED, "an earlier program takes it too"


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
        patch.setattr("desktop.services.bound.bound_texts.is_own_file", lambda _path: False)
        approve_file(session, TEMPLATE, OWN)
    form = own_form(session, TEMPLATE)
    assert (form.known, form.returnable, len(form.open)) == (False, False, 1)
    take_originals(session, TEMPLATE, (), form.comparison)  # looked at once, and known from now on
    assert own_form(session, TEMPLATE).open == ()


def test_an_original_that_does_not_match_its_digest_counts_as_unknown(desk: Installation) -> None:
    session = adapted(desk)
    device = session.profile.device
    with session.store.read() as reader:
        fields = dict(reader.current(file_subject(device, TEMPLATE)))
        beside = dict(reader.current(file_subject(device, f"originals/{TEMPLATE}")))
    assert bound_file(TEMPLATE, fields, beside).original == SHIPPED
    for wrong in ({"sha256": "0" * 64}, {"former": digest_of("another text")}):
        assert bound_file(TEMPLATE, fields, beside | wrong).original == ""


def test_what_a_program_bound_with_the_original_in_one_entry_opens_for_ever(
    desk: Installation,
) -> None:
    session = signed_in(desk)
    device = session.profile.device
    fields: Fields = {
        "file": TEMPLATE, "sha256": digest_of(OWN), "text": OWN, "former": "", "found": "",
        "original": SHIPPED, "original_sha256": digest_of(SHIPPED), "before": "",
        "before_original": "", "again": False,
    }  # fmt: skip
    with session.store.write() as transaction:
        entry = NewEntry(FILE_APPROVED, file_subject(device, TEMPLATE), fields)
        transaction.append(session.officer.number, entry)
    session.bound.write(TEMPLATE, OWN)
    session = signed_in(desk)
    form = own_form(session, TEMPLATE)
    assert (form.text, form.open, form.own_changes, form.returnable) == (OWN, (), 1, False)
    approve_file(session, TEMPLATE, BOTH)
    go_back(session, TEMPLATE)
    assert own_form(session, TEMPLATE) == replace(form, returnable=True)


def test_a_long_text_is_approved_and_taken_back_again_and_again(desk: Installation) -> None:
    session = signed_in(desk)
    long = OWN + "// " + "长" * 300_000 + "\n"
    for text in (long, long + "//\n", long):
        assert approve_file(session, TEMPLATE, text) == digest_of(text)
    assert go_back(session, TEMPLATE) == digest_of(long + "//\n")


HUBS = "rules/hubs.toml"
TYPES = "scripts/own.toml"


def later(tmp_path: Path, name: str, old: str, new: str) -> Path:
    """The folder of a later version of the program, with this change."""
    folder = tmp_path / f"later-{name.partition('/')[0]}"
    shutil.copytree(resource_path(name.partition("/")[0]), folder)
    file = folder / name.partition("/")[2]
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")
    return folder


def test_own_questions_and_rules_follow_their_originals_like_forms(
    desk: Installation, tmp_path: Path
) -> None:
    """One mechanism: what became of the shipped file, decided place by place, and one step back."""
    session = signed_in(desk)
    shipped = (resource_path("scripts") / "types.toml").read_text("utf-8")
    block = shipped[
        shipped.index("[[type]]") : shipped.index("[[type]]", shipped.index("[[type]]") + 1)
    ]
    asked = 'version = "本所1"\n' + block.replace("你做了哪些任务？", "你在本地做了哪些任务？")
    approve_file(session, TYPES, asked)
    hubs = (resource_path("rules") / "hubs.toml").read_text("utf-8")
    approve_file(session, HUBS, hubs + "# 本单位核对过\n")
    session = signed_in(desk)
    assert {form.path: (form.open, form.own_changes) for form in own_forms(session)} == {
        TYPES: ((), 2), HUBS: ((), 1),
    }  # fmt: skip
    tables = OwnTables(
        [later(tmp_path, "scripts/types.toml", "群叫什么名字？", "这个群叫什么？")],
        later(tmp_path, HUBS, "checked = ", "checked  = "),
    )
    session = replace(session, own_tables=tables)
    for path in (TYPES, HUBS):
        form = own_form(session, path)
        assert form.open
        before, kept = form.text, [form.places[at].own for at in form.open]
        take_originals(session, path, form.open, form.comparison)
        taken = own_form(session, path)
        assert (taken.open, taken.own_changes) == ((), form.own_changes)
        assert taken.text is not None
        assert all_of(own not in taken.text for own in kept)
        go_back(session, path)
        assert own_form(session, path).text == before
    assert changed_files(signed_in(desk)) == ()


def test_questions_of_the_unit_alone_have_no_original(desk: Installation) -> None:
    session = signed_in(desk)
    own = (resource_path("scripts") / "types.toml").read_text("utf-8")
    start = own.index("[[type]]")
    block = own[start : own.index("[[type]]", start + 1)].replace('"T01"', '"T91"')
    approve_file(session, TYPES, f'version = "1"\n{block}')
    assert (own_form(session, TYPES).places, own_form(session, TYPES).fault) == ((), "")
    with pytest.raises(UserInputError, match=r"^bound\.no_earlier$"):
        go_back(session, TYPES)


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

"""Whoever can write into the profile folder changes nothing of what the program does; what was changed is named."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.app.installation import Installation
from desktop.app.profile.bound_settings import followed_settings, keep_settings
from desktop.app.profile.profile_file import profile_text
from desktop.domain.errors import RuleError, UserInputError, WorldError
from desktop.domain.installation.bound_files import PHRASES, PROFILE, SETTINGS, FileState
from desktop.domain.installation.officer import Officer, Role
from desktop.domain.installation.profile import InstallationRole
from desktop.journal.entry import Entry
from desktop.journal.kinds import (
    FILE_APPROVED,
    FILE_BOUND,
    FILE_CHANGE_FOUND,
    FILE_RESTORED,
)
from desktop.runtime.files.resources import resource_path
from desktop.runtime.processes import single_instance
from desktop.runtime.texts.settings import Settings, load_settings, save_settings
from desktop.services.bound.approve_file import approve_file, trial_pages
from desktop.services.bound.check_files import changed_files, restore_files
from desktop.services.papers.draw_form import keep_phrase
from desktop.services.session import Session
from tests.support.failing_disk import failing_disk
from tests.support.installations import OFFICER, PASSWORD, make_centre, make_desk

RECEIPT = "acceptance_receipt"
TEMPLATE = f"forms/{RECEIPT}.typ"
SHIPPED = (resource_path("forms") / f"{RECEIPT}.typ").read_text("utf-8")
OWN = SHIPPED + '\n#text("请扫码查询进展")\n'
FORGED = SHIPPED + '\n#text("请汇款到 6222000000000000000")\n'
OWN_TYPE = """version = "1"
[[type]]
code = "T19"
cues = [{ weight = 9, words = ["云养殖"] }]
"""


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Installation]:
    installation = make_desk(tmp_path / "desk")
    yield installation
    installation.close()


def signed_in(installation: Installation) -> Session:
    installation.close()
    return installation.sign_in(OFFICER, PASSWORD)


def entries(found: Session, *kinds: str) -> list[Entry]:
    with found.store.read() as reader:
        last = reader.heads()[found.profile.device]
        return [e for e in reader.entries(found.profile.device, 1, last) if e.kind in kinds]


def put(installation: Installation, path: str, text: str) -> Path:
    file = installation.paths.root / path
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, "utf-8")
    return file


def differing(installation: Installation) -> list[str]:
    return [item.path for item in installation.files.changes]


Edit = Callable[[Path], object]


def line(before: str, after: str) -> Edit:
    def edit(file: Path) -> None:
        text = file.read_text("utf-8")
        assert before in text
        file.write_text(text.replace(before, after), "utf-8")

    return edit


def adding(text: str) -> Edit:
    return lambda file: file.write_text(file.read_text("utf-8") + text, "utf-8")


def holding(data: bytes) -> Edit:
    return lambda file: file.write_bytes(data)


def as_link(file: Path) -> None:
    copy = file.with_name("elsewhere")
    file.replace(copy)
    file.symlink_to(copy)


def as_pipe(file: Path) -> None:
    file.unlink()
    os.mkfifo(file)


def as_folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


def endless(file: Path) -> None:
    with file.open("r+b") as stream:
        stream.truncate(1 << 40)


EDITS: dict[str, tuple[Edit, FileState]] = {
    "another station": (line('"620102540000"', '"620102990000"'), FileState.CHANGED),
    "another name": (line("张掖路", "某某路"), FileState.CHANGED),
    "a centre": (line('role = "desk"', 'role = "centre"'), FileState.CHANGED),
    "another letter": (line('device_letter = "A"', 'device_letter = "B"'), FileState.CHANGED),
    "another device": (line('device = "', 'device = "X'), FileState.CHANGED),
    "on a server": (adding("on_server = true\n"), FileState.CHANGED),
    "begun anew": (adding('renewed = "20990101000000"\n'), FileState.CHANGED),
    "a newer version": (line("version = 1", "version = 99"), FileState.UNREADABLE),
    "an endless version": (line("version = 1", "version = inf"), FileState.UNREADABLE),
    "a device that is no text": (line('device = "', 'device = 7 # "'), FileState.UNREADABLE),
    "brackets without end": (holding(b"a = " + b"[" * 100_000), FileState.UNREADABLE),
    "a key of parts without end": (holding(b"a" + b".a" * 400_000 + b" = 1"), FileState.UNREADABLE),
    "cut short": (holding(b"version = 1\nrole"), FileState.UNREADABLE),
    "empty": (holding(b""), FileState.UNREADABLE),
    "no text": (holding(b"\xff\xfe\x00"), FileState.UNREADABLE),
    "a link": (as_link, FileState.UNREADABLE),
    "a pipe": (as_pipe, FileState.UNREADABLE),
    "a folder": (as_folder, FileState.UNREADABLE),
    "a file that grows": (endless, FileState.UNREADABLE),
    "gone": (Path.unlink, FileState.MISSING),
}


@pytest.mark.parametrize("name", EDITS)
def test_who_the_station_is_only_its_journal_says(session: Installation, name: str) -> None:
    edit, state = EDITS[name]
    bound = signed_in(session).profile
    session.close()
    file = session.paths.root / PROFILE
    sound = file.read_text("utf-8")
    edit(file)

    found = signed_in(session)
    assert found.profile == bound
    ((path, told),) = [(item.path, item.state) for item in session.files.changes]
    assert (path, told) == (PROFILE, state)
    warning = session.files.warnings[0]
    assert warning.code == "bound.changed"
    assert PROFILE in str(warning.params["files"])
    with pytest.raises(RuleError, match=r"^bound\.not_approvable$"):
        approve_file(found, PROFILE, "x")

    found = signed_in(session)  # told again, entered once
    assert differing(session) == [PROFILE]
    assert len(entries(found, FILE_CHANGE_FOUND)) == 1
    assert restore_files(found) == (PROFILE,)
    assert file.read_text("utf-8") == sound
    assert (file.is_file(), file.is_symlink()) == (True, False)
    found = signed_in(session)
    assert differing(session) == []
    assert len(entries(found, FILE_RESTORED)) == 1
    assert found.profile == bound


def test_a_centre_stays_a_centre(tmp_path: Path) -> None:
    centre = make_centre(tmp_path / "centre")
    line('role = "centre"', 'role = "desk"')(centre.paths.root / PROFILE)
    found = centre.sign_in("620001", PASSWORD)
    assert found.profile.role is InstallationRole.CENTRE
    centre.close()


def test_a_file_that_speaks_of_a_server_lets_no_second_window_in(
    session: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(single_instance, "_PATIENCE_S", 0.1)
    signed_in(session)
    adding("on_server = true\n")(session.paths.root / PROFILE)
    second = Installation(session.paths.root, session.machine)
    with pytest.raises(WorldError, match=r"^profile\.in_use$"):
        second.sign_in(OFFICER, PASSWORD)
    session.close()
    second.sign_in(OFFICER, PASSWORD)
    with pytest.raises(WorldError, match=r"^profile\.in_use$"):
        session.sign_in(OFFICER, PASSWORD)
    second.close()


def printed_by(found: Session) -> str:
    return found.papers.template(RECEIPT).version


def test_a_template_put_there_from_outside_is_named_and_not_printed_by(
    session: Installation,
) -> None:
    shipped = printed_by(signed_in(session))
    put(session, TEMPLATE, FORGED)
    assert printed_by(session.session) == shipped  # in the window that is open already
    assert (f"{RECEIPT}.typ",) == tuple(name for name, _ in session.session.own_forms.faults())
    assert printed_by(signed_in(session)) == shipped
    (change,) = session.files.changes
    assert (change.path, change.state) == (TEMPLATE, FileState.ADDED)
    assert "6222000000000000000" in str([pair.right for pair in change.lines()])
    assert restore_files(session.session, [TEMPLATE]) == (TEMPLATE,)
    assert not (session.paths.root / TEMPLATE).exists()
    (aside,) = (session.paths.root / "forms").iterdir()
    assert aside.read_text("utf-8") == FORGED  # whose work it was, nobody knows: it is kept
    signed_in(session)
    assert differing(session) == []


@pytest.mark.parametrize("edit", [holding(FORGED.encode()), as_link, as_pipe, endless, Path.unlink])
def test_an_approved_template_is_printed_by_whatever_becomes_of_its_file(
    session: Installation, edit: Edit
) -> None:
    found = signed_in(session)
    file = put(session, TEMPLATE, OWN)
    (change,) = changed_files(found)
    assert trial_pages(found, TEMPLATE, OWN).pages > 0
    approve_file(found, change.path, change.found)
    own = printed_by(found)
    assert own.startswith("unit:")
    edit(file)
    assert printed_by(found) == own
    assert printed_by(signed_in(session)) == own
    assert differing(session) == [TEMPLATE]
    restore_files(session.session)
    assert file.read_text("utf-8") == OWN
    kinds = [
        e.kind for e in entries(session.session, FILE_APPROVED, FILE_CHANGE_FOUND, FILE_RESTORED)
    ]
    assert kinds == [FILE_APPROVED, FILE_CHANGE_FOUND, FILE_RESTORED]


def test_what_a_person_looked_at_is_approved_and_nothing_that_came_after(
    session: Installation,
) -> None:
    found = signed_in(session)
    put(session, TEMPLATE, OWN)
    (change,) = changed_files(found)
    put(session, TEMPLATE, FORGED)
    approve_file(found, TEMPLATE, change.found)
    assert (session.paths.root / TEMPLATE).read_text("utf-8") == OWN
    signed_in(session)
    assert differing(session) == []


def test_taking_a_template_away_is_approved_too(session: Installation) -> None:
    found = signed_in(session)
    with pytest.raises(UserInputError, match=r"^bound\.unknown$"):
        approve_file(found, TEMPLATE, None)
    put(session, TEMPLATE, OWN)
    approve_file(found, TEMPLATE, OWN)
    (session.paths.root / TEMPLATE).unlink()
    approve_file(found, TEMPLATE, None)
    assert printed_by(found).startswith("shipped:")
    signed_in(session)
    assert differing(session) == []
    put(session, TEMPLATE, OWN)  # what was approved once is not approved for ever
    assert printed_by(signed_in(session)).startswith("shipped:")
    assert [item.state for item in session.files.changes] == [FileState.ADDED]


@pytest.mark.parametrize("role", [Role.FRONT_DESK, Role.INVESTIGATOR, Role.CUSTODIAN, Role.AUDITOR])
def test_only_head_and_administrator_approve(session: Installation, role: Role) -> None:
    found = signed_in(session)
    put(session, TEMPLATE, OWN)
    plain = replace(found, officer=Officer("620135", "马晓燕", (role,)))
    for verb in (approve_file, trial_pages):
        with pytest.raises(RuleError, match=r"^rights\.missing$"):
            verb(plain, TEMPLATE, OWN)
    assert restore_files(plain) == (TEMPLATE,)


@pytest.mark.parametrize(
    ("path", "text", "code"),
    [
        (TEMPLATE, SHIPPED + "\n#nothing-of-the-kind\n", "bound.unfit"),
        ("forms/nobody_s_form.typ", SHIPPED, "bound.unfit"),
        (PHRASES, "not toml", "bound.unfit"),
        ("scripts/own.toml", "a = " + "[" * 50_000, "bound.unfit"),
        ("rules/hubs.toml", 'x = "y"', "bound.unfit"),
        ("rules/other.toml", "", "bound.unknown"),
        ("forms/../keys.json", "{}", "bound.unknown"),
        ("scripts/deep/own.toml", OWN_TYPE, "bound.unknown"),
    ],
)
def test_what_would_not_be_used_is_not_approved(
    session: Installation, path: str, text: str, code: str
) -> None:
    found = signed_in(session)
    with pytest.raises(UserInputError) as refused:
        approve_file(found, path, text)
    assert refused.value.code == code
    assert entries(found, FILE_APPROVED) == []


def own_type() -> str:
    types = (resource_path("scripts") / "types.toml").read_text("utf-8")
    first = types.split("[[type]]")[1]
    return 'version = "1"\n[[type]]' + first.replace('"T01"', '"T19"')


def test_questions_and_rules_from_outside_wait_for_their_approval(session: Installation) -> None:
    signed_in(session)
    put(session, "scripts/own.toml", own_type())
    hubs = '[ours]\narticle = "x"\nchecked = "2026-01-01"\nvalues = ["6230520010037788996"]\nhosts = []\n'
    put(session, "rules/hubs.toml", hubs)
    found = signed_in(session)
    assert found.scripts.type("T19") is None
    assert differing(session) == ["rules/hubs.toml", "scripts/own.toml"]
    for item in session.files.changes:
        approve_file(found, item.path, item.found)
    found = signed_in(session)
    assert found.scripts.type("T19") is not None
    assert differing(session) == []


def test_a_rule_file_that_is_bound_and_unfit_keeps_nobody_out(session: Installation) -> None:
    unbind(session)
    put(session, "rules/hubs.toml", "not toml")
    put(session, "scripts/own.toml", "not toml")
    signed_in(session)
    left = [w.params["file"] for w in session.warnings if w.code == "bound.left_out"]
    assert left == ["scripts/own.toml", "rules/hubs.toml"]


def test_where_bundles_and_backups_go_only_the_journal_says(session: Installation) -> None:
    found = signed_in(session)
    chosen = Settings(shared_folder="/mnt/共享", backup_folder="/mnt/备份", idle_lock_minutes=5)
    keep_settings(found, session.paths.settings, chosen)
    signed_in(session)
    assert differing(session) == []
    forged = replace(chosen, shared_folder="/mnt/别处", idle_lock_minutes=15, language="en")
    save_settings(session.paths.settings, forged)
    found = signed_in(session)
    assert differing(session) == [SETTINGS]
    followed = followed_settings(found, load_settings(session.paths.settings).settings)
    assert followed == replace(chosen, language="en", extra=followed.extra)
    restore_files(found)
    assert load_settings(session.paths.settings).settings.shared_folder == "/mnt/共享"
    assert load_settings(session.paths.settings).settings.language == "en"


@pytest.mark.parametrize(
    "edit", [as_link, as_pipe, as_folder, endless, holding(b"\xff"), Path.unlink]
)
def test_settings_that_can_not_be_read_are_what_is_bound(session: Installation, edit: Edit) -> None:
    found = signed_in(session)
    chosen = Settings(shared_folder="/mnt/共享")
    for settings in (Settings(idle_lock_minutes=3), chosen):
        keep_settings(found, session.paths.settings, settings)
    session.close()
    edit(session.paths.settings)
    found = signed_in(session)
    assert differing(session) == [SETTINGS]
    assert followed_settings(found, Settings()).shared_folder == "/mnt/共享"
    restore_files(found)
    assert load_settings(session.paths.settings).settings.shared_folder == "/mnt/共享"
    assert changed_files(found) == ()


def test_a_wording_kept_at_the_desk_is_bound_with_it(session: Installation) -> None:
    found = signed_in(session)
    keep_phrase(found, RECEIPT, "contact", "值班室")
    assert changed_files(found) == ()
    (entry,) = [e for e in entries(found, FILE_BOUND) if e.fields["file"] == PHRASES]
    assert entry.officer == OFFICER
    put(session, PHRASES, f'[{RECEIPT}]\ncontact = "骗子的电话"\n')
    keep_phrase(found, RECEIPT, "query_way", "窗口")  # builds upon what is bound
    text = (session.paths.root / PHRASES).read_text("utf-8")
    assert ("值班室" in text, "骗子" in text) == (True, False)


def unbind(installation: Installation) -> None:
    """As a program that bound nothing left it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("desktop.app.profile.file_notice.first_bindings", lambda _profile: ())
        root = installation.paths.root
        shutil.rmtree(root)
        make_desk(root, own=installation.machine)


def test_the_first_start_after_the_upgrade_binds_what_stands(session: Installation) -> None:
    unbind(session)
    put(session, TEMPLATE, OWN)
    put(session, PHRASES, f'[{RECEIPT}]\ncontact = "值班室"\n')
    put(session, "forms/broken.typ", "\ud800".encode("utf-8", "surrogatepass").decode("latin-1"))
    (session.paths.root / "forms" / "link.typ").symlink_to(session.paths.root / TEMPLATE)
    found = signed_in(session)
    assert printed_by(found).startswith("unit:")
    assert session.files.bound_now is not None
    assert {TEMPLATE, PHRASES, PROFILE, SETTINGS} <= session.files.bound_now.keys()
    assert session.files.warnings[0].code == "bound.first"
    assert differing(session) == ["forms/link.typ"]
    found = signed_in(session)
    assert "bound.first" not in [error.code for error in session.files.warnings]
    bound = len(entries(found, FILE_BOUND))
    signed_in(session)
    assert len(entries(session.session, FILE_BOUND)) == bound


@pytest.mark.parametrize("step", range(1, 24))
def test_a_disk_that_fails_at_any_step_of_binding_leaves_one_text_or_the_other(
    session: Installation, step: int
) -> None:
    found = signed_in(session)
    put(session, TEMPLATE, OWN)
    approve_file(found, TEMPLATE, OWN)
    newer = OWN + '\n#text("第二版")\n'
    with failing_disk(step) as disk, contextlib.suppress(WorldError):
        approve_file(found, TEMPLATE, newer)
    with found.store.read() as reader:
        said = reader.current(f"file/{found.profile.device}/{TEMPLATE}")["text"]
    assert said in (OWN, newer)
    found = signed_in(session)
    # what the failure left is put right quietly; nobody is told of an attack
    assert differing(session) == []
    assert (session.paths.root / TEMPLATE).read_text("utf-8") == said
    if not disk.reached:
        assert said == newer


def test_the_profile_text_says_what_it_is_read_as(session: Installation) -> None:
    assert profile_text(session.profile()) == (session.paths.root / PROFILE).read_text("utf-8")

"""A day's news are added to an earlier backup, and restored with it; a link that is lost or changed is named."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from desktop.app.backup import backup, backup_chain
from desktop.app.backup.backup import Backup, back_up_news, make_backup
from desktop.app.backup.backup_chain import links_to_follow
from desktop.app.backup.backup_file import Link
from desktop.app.backup.restore import look_at_backup, restore_backup
from desktop.app.installation import Installation
from desktop.app.maintenance.restore_drill import try_restore
from desktop.domain.errors import WorldError
from desktop.domain.installation.backup_summary import SUFFIX
from desktop.domain.progress import SILENT
from desktop.runtime.files.atomic_file import open_new
from desktop.runtime.files.paths import NEWS_FOLDER
from desktop.services.cases.changes.register_report import register_report
from desktop.services.evidence.attach_evidence import attach_files
from desktop.services.look_up import board
from tests.support.error_texts import assert_error
from tests.support.installations import OFFICER, PASSWORD, machine, make_desk
from tests.support.sessions import a_form

Chain = tuple[Installation, list[Backup]]


@pytest.fixture(scope="module")
def made(quick_disk: Path) -> Chain:
    """A desk, its whole backup, and two of what was new since, each of a case more."""
    folder = quick_disk / "news"
    folder.mkdir()
    station = make_desk(folder / "desk")
    session = station.sign_in(OFFICER, PASSWORD)
    register_report(session, a_form(session))
    backups = [make_backup(session, station.paths, folder / "safe", SILENT)]
    for name in ("王芳", "赵敏"):
        case = register_report(session, a_form(session, name=name)).case
        photo = folder / f"{name}.bin"
        photo.write_bytes(name.encode() * 9000)
        attach_files(session, case, [photo], SILENT)
        backups.append(back_up_news(session, station.paths, folder / "safe", SILENT))
    return station, backups


@pytest.fixture
def chain(made: Chain, tmp_path: Path) -> list[Path]:
    """The backups in a folder of their own."""
    safe = made[1][0].file.parent
    shutil.copytree(safe, tmp_path / "safe")
    return [tmp_path / "safe" / backup.file.name for backup in made[1]]


def victims(folder: Path) -> list[str]:
    installation = Installation(folder, machine())
    session = installation.sign_in(OFFICER, PASSWORD)
    try:
        assert session.store.verify(SILENT) == ()
        return sorted(card.victim for card in board(session))
    finally:
        installation.close()


def test_what_is_new_is_restored_with_the_whole_one_it_was_added_to(
    made: Chain, chain: list[Path], tmp_path: Path
) -> None:
    station, backups = made
    whole = backups[0].file.name
    assert [backup.follows for backup in backups] == ["", whole, whole]
    for count, file in enumerate(chain, 1):
        assert look_at_backup(file, SILENT).missing == 0
        assert restore_backup(file, tmp_path / f"{count}", SILENT).missing == 0
        assert victims(tmp_path / f"{count}") == sorted(["李秀兰", "王芳", "赵敏"][:count])
        assert not (tmp_path / f"{count}" / NEWS_FOLDER).exists()
    drill = try_restore(station.session, station, chain[-1], PASSWORD, SILENT)
    assert drill.whole
    assert drill.cases == 3


def test_what_another_seat_notes_meanwhile_leaves_no_gap(
    made: Chain, chain: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another seat notes a copy of its own once it is known which backups the news follow."""
    station, _ = made
    store, folder = station.session.store, chain[0].parent
    before = store.noted_copies()

    def links(*given: Any) -> tuple[Link, ...]:
        register_report(station.session, a_form(station.session, name="周涛"))
        store.note_copied(store.copied_until(), "of another seat")
        return links_to_follow(*given)

    monkeypatch.setattr(backup, "links_to_follow", links)
    last = back_up_news(station.session, station.paths, folder, SILENT)
    store.note_copied(*before)
    restore_backup(last.file, tmp_path / "new", SILENT)
    assert victims(tmp_path / "new") == ["周涛", "李秀兰", "王芳", "赵敏"]


@pytest.mark.parametrize(
    ("lost", "codes"),
    [
        (0, ("backup.whole_changed", "backup.whole_missing")),
        (1, ("backup.link_changed", "backup.link_missing")),
    ],
)
def test_a_link_that_is_lost_or_changed_is_named_and_nothing_is_made(
    chain: list[Path], tmp_path: Path, lost: int, codes: tuple[str, str]
) -> None:
    expected = {"safe": chain[0].name} if lost else {}
    content = chain[lost].read_bytes()
    chain[lost].write_bytes(content[:-20_000] + bytes(10_000) + content[-10_000:])
    for code in codes:
        for act in (look_at_backup, lambda f, p: restore_backup(f, tmp_path / "new", p)):
            with pytest.raises(WorldError) as caught:
                act(chain[-1], SILENT)
            assert_error(caught.value, code)
            assert caught.value.params == {"file": chain[lost].name} | expected
        assert not (tmp_path / "new" / "keys.json").exists()
        chain[lost].unlink(missing_ok=True)


def test_where_a_link_or_a_key_is_another_everything_is_copied(
    made: Chain, chain: list[Path]
) -> None:
    station, _ = made
    noted, folder = station.session.store.noted_copies()[1], chain[0].parent
    keys = backup_chain.keys_mark(station.paths.key_file)
    assert [link.name for link in links_to_follow(noted, folder, keys)] == [f.name for f in chain]
    assert links_to_follow(noted, folder, "others") == ()
    assert links_to_follow("", folder, keys) == ()
    chain[1].write_bytes(b"")
    assert links_to_follow(noted, folder, keys) == ()


def test_who_is_stopped_after_the_news_were_added_loses_and_doubles_nothing(
    chain: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    restore_backup(chain[-1], tmp_path / "new", SILENT)

    def fail(_folder: Path) -> None:
        raise OSError(5, "gone")

    with monkeypatch.context() as patch:
        patch.setattr(shutil, "rmtree", fail)
        with pytest.raises(WorldError, match=r"^disk\.failed$"):
            victims(tmp_path / "new")
    assert victims(tmp_path / "new") == ["李秀兰", "王芳", "赵敏"]


def test_news_of_another_time_are_refused_and_change_nothing(
    chain: list[Path], tmp_path: Path
) -> None:
    """The second without the first, as somebody might put it together by hand."""
    restore_backup(chain[-1], tmp_path / "new", SILENT)
    for file in (tmp_path / "new" / NEWS_FOLDER).glob("0000.*"):
        file.unlink()
    with pytest.raises(WorldError) as caught:
        victims(tmp_path / "new")
    assert_error(caught.value, "backup.news_unfit")


def test_a_backup_replaces_no_file(tmp_path: Path) -> None:
    taken = tmp_path / f"a{SUFFIX}"
    taken.write_bytes(b"of somebody else")
    with pytest.raises(WorldError, match=r"^disk\.failed$"), open_new(taken) as stream:
        stream.write(b"ours")
    assert taken.read_bytes() == b"of somebody else"
    assert [file.name for file in tmp_path.iterdir()] == [taken.name]

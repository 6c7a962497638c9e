"""A centre whose journal lies on a server: made, opened, moved there from its file, and refused."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.app.backup.backup import make_backup
from desktop.app.installation import Installation
from desktop.app.maintenance.move_database import MOVED, move_database
from desktop.domain.errors import AppError, RuleError
from desktop.domain.installation.profile import FirstRun, InstallationRole, ServerChoice
from desktop.domain.progress import SILENT
from desktop.runtime.files.resources import resource_path
from desktop.services.bound.approve_file import approve_file
from desktop.services.bound.check_files import changed_files, restore_files
from desktop.services.exchange.peers.trust import own_card
from desktop.services.look_up import board
from desktop.services.session import Session
from desktop.storage.database.server_address import ServerAddress
from desktop.storage.store import SqlStore
from tests.storage.test_store import a_case
from tests.support.clocks import CountingIds, HandClock
from tests.support.databases import Databases, some_databases
from tests.support.installations import PASSWORD, machine, make_centre, make_desk

BOSS = "620001"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Databases]:
    with some_databases("postgresql", tmp_path) as found:
        yield found


def choice(server: Databases, name: str = "centre") -> ServerChoice:
    place = server.place(name)
    assert isinstance(place, ServerAddress)
    return ServerChoice(place.text, place.password)


def on_server(root: Path, chosen: ServerChoice, clock: HandClock | None = None) -> Installation:
    installation = Installation(root, machine(clock, CountingIds("cc")))
    installation.create(
        FirstRun(
            InstallationRole.CENTRE, "620100000000", "兰州市反诈中心", "C", BOSS, "李静", PASSWORD,
            server=chosen,
        )
    )  # fmt: skip
    return installation


def know_a_case(session: Session) -> None:
    """Put a case into the journal, as a bundle does: a centre takes no reports itself."""
    with session.store.write() as writing:
        writing.append(BOSS, a_case(case=session.ids.new_id()))


def refusal(installation: Installation, chosen: ServerChoice, password: str = PASSWORD) -> str:
    with pytest.raises(AppError) as caught:
        move_database(installation, BOSS, password, chosen, SILENT)
    return caught.value.code


def test_a_centre_is_made_on_a_server_and_says_nothing_of_it_in_the_plain(
    server: Databases, tmp_path: Path
) -> None:
    chosen = choice(server)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FANZHA_DB_PASSWORD", "")
        made = on_server(tmp_path / "centre", ServerChoice(chosen.address, "Db-mi-ma-2026"))
        session = made.sign_in(BOSS, PASSWORD)
        assert session.store.verify(SILENT) == ()
        assert own_card(session)
        made.close()
    files = [path for path in made.paths.root.rglob("*") if path.is_file()]
    kept = b"".join(path.read_bytes() for path in files)
    assert b"Db-mi-ma-2026" not in kept
    assert b"postgresql" not in kept
    assert not made.paths.database.exists()


def test_several_have_it_open_at_once_and_each_sees_what_the_other_wrote(
    server: Databases, tmp_path: Path
) -> None:
    first = on_server(tmp_path / "centre", choice(server))
    second = Installation(first.paths.root, machine(ids=CountingIds("dd")))
    one, two = first.sign_in(BOSS, PASSWORD), second.sign_in(BOSS, PASSWORD)
    know_a_case(one)
    know_a_case(two)
    assert len(board(one)) == len(board(two)) == 2
    first.close()
    assert len(board(two)) == 2
    second.close()
    again = Installation(first.paths.root, machine())
    again.sign_in(BOSS, PASSWORD)
    assert again.session.store.verify(SILENT) == ()
    again.close()


def test_a_file_moves_to_a_server_whole_and_its_backup_opens_without_one(
    server: Databases, tmp_path: Path
) -> None:
    centre = make_centre(tmp_path / "centre")
    know_a_case(centre.sign_in(BOSS, PASSWORD))
    told = centre.session.store.digest()
    assert refusal(centre, choice(server)) == "profile.in_use"
    centre.close()
    assert refusal(centre, choice(server), "wrong") == "password.wrong"
    assert move_database(centre, BOSS, PASSWORD, choice(server), SILENT).filled
    assert not centre.paths.database.exists()
    assert centre.paths.database.with_name(centre.paths.database.name + MOVED).exists()
    session = centre.sign_in(BOSS, PASSWORD)
    assert len(board(session)) == 1
    assert session.store.verify(SILENT) == ()
    assert make_backup(session, centre.paths, tmp_path / "backup", SILENT).size
    session.store.copy_to(tmp_path / "copy.db", SILENT)
    key = centre.key_file().unlock(BOSS, PASSWORD).secrets["database"]
    copy = SqlStore.open(tmp_path / "copy.db", key, session.profile, session.clock)
    assert copy.digest() == session.store.digest() != told  # it was signed in to since
    copy.close()
    centre.close()
    # the server got another address: what is there already is taken as it is
    assert not move_database(centre, BOSS, PASSWORD, choice(server), SILENT).filled


def test_a_move_that_the_power_ended_before_its_last_step_is_over(
    server: Databases, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Everything is on the server and the keys say so; that the profile does not is no damage."""
    centre = make_centre(tmp_path / "centre")
    know_a_case(centre.sign_in(BOSS, PASSWORD))
    centre.close()
    with monkeypatch.context() as crash:
        crash.setattr("desktop.app.maintenance.move_database.write_profile", cut_off)
        with pytest.raises(KeyboardInterrupt):
            move_database(centre, BOSS, PASSWORD, choice(server), SILENT)
    assert len(board(centre.sign_in(BOSS, PASSWORD))) == 1
    assert centre.profile().on_server
    centre.close()
    assert centre.sign_in(BOSS, PASSWORD).store.verify(SILENT) == ()
    centre.close()


def cut_off(*_: object) -> None:
    raise KeyboardInterrupt


def test_what_does_not_move(server: Databases, tmp_path: Path) -> None:
    station = make_desk(tmp_path / "station")
    with pytest.raises(RuleError, match=r"centre\.not_a_centre"):
        move_database(station, "620134", PASSWORD, choice(server), SILENT)
    other = on_server(tmp_path / "other", choice(server, "other"))
    centre = make_centre(tmp_path / "centre")
    assert refusal(centre, choice(server, "other")) == "database.server_other"
    assert centre.sign_in(BOSS, PASSWORD)
    centre.close()
    assert refusal(other, choice(server, "empty")) == "database.server_empty"


def test_a_copy_that_breaks_off_leaves_file_and_server_as_they_were(
    server: Databases, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    centre = make_centre(tmp_path / "centre")
    know_a_case(centre.sign_in(BOSS, PASSWORD))
    centre.close()
    with monkeypatch.context() as lying:
        lying.setattr("desktop.storage.store.digest", lambda connection: str(id(connection)))
        assert refusal(centre, choice(server)) == "database.differs"
    assert move_database(centre, BOSS, PASSWORD, choice(server), SILENT).filled


def test_a_template_approved_in_one_window_is_printed_by_in_the_other(
    server: Databases, tmp_path: Path
) -> None:
    chosen = choice(server)
    first = on_server(tmp_path / "centre", chosen)
    second = Installation(first.paths.root, first.machine)
    one, other = first.sign_in(BOSS, PASSWORD), second.sign_in(BOSS, PASSWORD)
    path, form = "forms/acceptance_receipt.typ", "acceptance_receipt"
    text = (resource_path("forms") / "acceptance_receipt.typ").read_text("utf-8") + "\n// ours\n"
    before = other.papers.template(form)
    (first.paths.root / "forms").mkdir()
    (first.paths.root / path).write_text(text, "utf-8")
    assert other.papers.template(form).version == before.version
    approve_file(one, path, text)
    assert other.papers.template(form).version == one.papers.template(form).version
    assert other.papers.template(form).of_unit
    assert changed_files(other) == ()
    for installation in (first, second):
        installation.close()


def test_a_profile_that_denies_its_server_is_not_believed(
    server: Databases, tmp_path: Path
) -> None:
    centre = on_server(tmp_path / "centre", choice(server))
    file = centre.paths.root / "profile.toml"
    text = file.read_text("utf-8")
    file.write_text(text.replace("on_server = true\n", "").replace("centre", "desk"), "utf-8")
    session = centre.sign_in(BOSS, PASSWORD)
    assert (session.profile.on_server, session.profile.role) == (True, InstallationRole.CENTRE)
    assert restore_files(session) == ("profile.toml",)
    assert file.read_text("utf-8") == text
    centre.close()

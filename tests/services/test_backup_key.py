"""The centre's backup key opens what stations seal after they heard of it, and nobody else can choose it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from desktop.app.backup.backup import last_backup
from desktop.bundles.volumes.reader import NOTHING, read_volume
from desktop.centre.replies import write_replies
from desktop.cli.exchange.bundle_commands import verify_with
from desktop.domain.errors import RuleError, TrustError, UserInputError
from desktop.domain.installation.officer import Officer, Role
from desktop.domain.progress import SILENT
from desktop.journal.authority import device_subject
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import BACKUP_CHOSEN
from desktop.sealing.age_identity import AgeIdentity
from desktop.services.cases.changes.register_report import register_report
from desktop.services.exchange.export.export_bundle import export_bundle
from desktop.services.exchange.peers.backup_key import backup_of, backup_since, choose_backup
from desktop.services.exchange.peers.trust import own_card
from desktop.services.exchange.take_in.apply_bundle import apply_bundle
from desktop.services.session import Session
from tests.support.ceremony import approve, trust_peer
from tests.support.error_texts import assert_error
from tests.support.sessions import a_form, take_seat

KEY = AgeIdentity.generate()


def holder(centre: Session) -> Session:
    """The founder of the centre, with the roles that ``init`` gives."""
    return replace(centre, officer=Officer("620134", "李静", (Role.ADMINISTRATOR, Role.DISPATCHER)))


def carried(session: Session, folder: Path) -> Path:
    folder.mkdir()
    register_report(session, a_form(session))
    made = export_bundle(session, folder, SILENT)
    return folder / made.volumes[0].name


def test_stations_seal_to_it_once_they_heard_of_it(
    session: Session, centre: Session, quick_folder: Path
) -> None:
    before = carried(session, quick_folder / "before")
    choose_backup(holder(centre), KEY.recipient.text)
    back = quick_folder / "back"
    back.mkdir()
    write_replies(centre, back, SILENT)
    assert not apply_bundle(session, [back], SILENT).problems
    after = carried(session, quick_folder / "after")
    with pytest.raises(TrustError, match=r"bundle\.not_for_us"):
        read_volume(before, (KEY,), NOTHING, lambda *_: None)
    assert (
        read_volume(after, (KEY,), NOTHING, lambda *_: None).sender.device == session.profile.device
    )
    file = quick_folder / "key.txt"
    file.write_text(f"# a comment\n{KEY.text}\n", "utf-8")
    assert verify_with(file, [after], SILENT).ok
    refused = verify_with(file, [before, after], SILENT)
    assert ([item.path for item in refused.problems], len(refused.manifests)) == ([before], 1)


def test_a_station_enrolled_later_hears_of_it_too(
    session: Session, centre: Session, quick_folder: Path
) -> None:
    choose_backup(holder(centre), KEY.recipient.text)
    other = take_seat(quick_folder / "other", "A", unit_code="620102550000")
    trust_peer(other.session, approve(centre, own_card(other.session)))
    back = quick_folder / "back"
    back.mkdir()
    write_replies(centre, back, SILENT)
    apply_bundle(other.session, [back], SILENT)
    for seat in (session, other.session):
        apply_bundle(seat, [back], SILENT)
        with seat.store.read() as reader:
            assert backup_of(seat, reader, centre.profile.device) == KEY.recipient.text
    other.session.store.close()


def test_since_when_is_reported_and_is_no_safety_copy(centre: Session) -> None:
    assert backup_since(centre, centre.profile.device) == ("", None)
    choose_backup(holder(centre), KEY.recipient.text)
    assert backup_since(centre, centre.profile.device) == (KEY.recipient.text, centre.clock.now())
    assert last_backup(centre) is None


def test_only_a_centre_in_charge_chooses_and_only_a_key(session: Session, centre: Session) -> None:
    with pytest.raises(RuleError) as caught:
        choose_backup(holder(session), KEY.recipient.text)
    assert_error(caught.value, "centre.not_a_centre")
    with pytest.raises(UserInputError) as wrong:
        choose_backup(holder(centre), "age1nonsense")
    assert_error(wrong.value, "backup.not_a_recipient")


def test_nonsense_from_outside_does_not_stop_an_export(
    session: Session, centre: Session, quick_folder: Path
) -> None:
    said = NewEntry(
        BACKUP_CHOSEN, device_subject(centre.profile.device), {"backup.recipient": "age1x"},
        stream=centre.profile.stream_for(session.profile.unit_code),
    )  # fmt: skip
    with centre.store.write() as transaction:
        transaction.append("620134", said)
    back = quick_folder / "back"
    back.mkdir()
    write_replies(centre, back, SILENT)
    apply_bundle(session, [back], SILENT)
    assert carried(session, quick_folder / "out").is_file()


def test_a_file_without_a_key(quick_folder: Path) -> None:
    file = quick_folder / "key.txt"
    file.write_text("# nothing\n", "utf-8")
    with pytest.raises(UserInputError) as caught:
        verify_with(file, [], SILENT)
    assert_error(caught.value, "identity.unreadable")

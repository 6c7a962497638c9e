"""Every way in which a bundle may be bad: refused with its reason, kept, and nothing of it applied."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.bundles.volumes.quarantine import Quarantine
from desktop.centre.ingest import ingest
from desktop.centre.replies import write_replies
from desktop.domain.errors import Cancelled
from desktop.domain.ids import bound_id
from desktop.domain.installation.profile import InstallationRole, device_of
from desktop.domain.progress import SILENT
from desktop.journal import entry as entry_module
from desktop.journal.authority import officer_subject, peer_subject
from desktop.journal.entry import NewEntry, seal
from desktop.journal.kinds import OFFICER_SIGNED_IN, PARTY_TRUSTED
from desktop.journal.schema import SCHEMA
from desktop.services.cases.changes.register_report import register_report
from desktop.services.exchange.export.export_bundle import export_bundle
from desktop.services.exchange.peers.trust import own_card
from desktop.services.exchange.take_in.apply_bundle import (
    AppliedBundle,
    apply_bundle,
    verify_bundle,
)
from desktop.services.health import check_health
from desktop.services.look_up import board
from desktop.storage import transaction
from tests.faults.forged import entries_of, next_entry, write, write_entry
from tests.faults.scene import Scene, make_scene
from tests.support.ceremony import trust_peer
from tests.support.error_texts import assert_error
from tests.support.sessions import Seat, a_form, take_seat


@pytest.fixture(scope="module")
def scene(quick_disk: Path) -> Scene:
    return make_scene(quick_disk / "scene")


class World:
    """A centre that trusts one desk, and the desk's bundle on a stick."""

    def __init__(self, scene: Scene, folder: Path) -> None:
        self.scene = scene
        self.folder = folder
        self.session = scene.copy("world-desk", "desk")
        self.centre = scene.copy("world-centre", "centre")
        self.quarantine = Quarantine(folder / "quarantine")

    def ingest(self, *paths: Path, dry_run: bool = False) -> AppliedBundle:
        return ingest(self.centre.session, self.quarantine, paths, SILENT, dry_run=dry_run)

    def let_in_all(self) -> None:
        """The centre holds whatever the desk said so far, its record of the export too."""
        entries = entries_of(self.session)
        own = self.session.session.profile.device
        lines, out = [entry.line() for entry in entries], self.folder / "all"
        path = write(self.session, self.centre, out, lines, {own: (1, len(lines))})
        assert not self.ingest(path).problems

    def content(self) -> tuple[object, ...]:
        """Everything a bundle may bring; what we note about refused ones stays out."""
        with self.centre.session.store.read() as reader:
            own = self.centre.session.profile.device
            heads = {name: last for name, last in reader.heads().items() if device_of(name) != own}
            return (
                reader.board(), reader.peers(), reader.officers(), heads, reader.held(),
                reader.known_blobs(), tuple(row for row in reader.bundles() if row.state != "refused"),
            )  # fmt: skip

    def stranger(self) -> Seat:
        return take_seat(self.folder / "stranger", "X", unit_code="620102550000")

    def close(self) -> None:
        self.session.session.store.close()
        self.centre.session.store.close()


@pytest.fixture
def world(scene: Scene, quick_folder: Path) -> Iterator[World]:
    made = World(scene, quick_folder)
    yield made
    made.close()


def _spoiled(world: World, change: Callable[[bytes], bytes], volume: int = 0) -> Path:
    source = world.scene.volumes[volume]
    path = world.folder / source.name
    path.write_bytes(change(source.read_bytes()))
    return path


def truncated(world: World) -> Path:
    return _spoiled(world, lambda data: data[:-1])


def cut_in_half(world: World) -> Path:
    return _spoiled(world, lambda data: data[: len(data) // 2])


def altered(world: World) -> Path:
    return _spoiled(world, lambda data: data[:-300] + bytes([data[-300] ^ 1]) + data[-299:])


def altered_behind_the_manifest(world: World) -> Path:
    """The sender is known by then, so the reason travels back."""
    return _spoiled(world, lambda data: data[:-300] + bytes([data[-300] ^ 1]) + data[-299:], 1)


def no_bundle(world: World) -> Path:
    return _spoiled(world, lambda _: b"holiday pictures")


def from_a_stranger(world: World) -> Path:
    """Somebody who trusts the centre and whom the centre does not know."""
    stranger = world.stranger()
    trust_peer(stranger.session, own_card(world.centre.session))
    register_report(stranger.session, a_form(stranger.session))
    export_bundle(stranger.session, world.folder, SILENT)
    stranger.session.store.close()
    return next(world.folder.glob("*.fzb"))


def sealed_to_another(world: World) -> Path:
    other = take_seat(world.folder / "other", "C", role=InstallationRole.CENTRE)
    lines = [entry.line() for entry in entries_of(world.session)]
    own = world.session.session.profile.device
    path = write(world.session, other, world.folder / "out", lines, {own: (1, len(lines))})
    other.session.store.close()
    return path


def named_for_another(world: World) -> Path:
    lines = [entry.line() for entry in entries_of(world.session)]
    own = world.session.session.profile.device
    return write(
        world.session, world.centre, world.folder / "out", lines, {own: (1, len(lines))}, named=own
    )


def from_a_newer_version(world: World) -> Path:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("desktop.bundles.volumes.tag_files.FORMAT", 2)
        patch.setattr("desktop.bundles.volumes.manifest_json.FORMAT", 2)
        return named_for_another(world)


def of_a_foreign_stream(world: World) -> Path:
    """Entries of the centre itself, from a desk."""
    lines = [entry.line() for entry in entries_of(world.centre)]
    stream = world.centre.session.profile.device
    return write(
        world.session, world.centre, world.folder / "out", lines, {stream: (1, len(lines))}
    )


def lacking_an_entry(world: World) -> Path:
    lines = [entry.line() for entry in entries_of(world.session)]
    own = world.session.session.profile.device
    del lines[2]
    return write(
        world.session, world.centre, world.folder / "out", lines, {own: (1, len(lines) + 1)}
    )


def announcing_without_end(world: World) -> Path:
    lines = [entry.line() for entry in entries_of(world.session)]
    own = world.session.session.profile.device
    return write(world.session, world.centre, world.folder / "out", lines, {own: (1, 10**15)})


def from_a_revoked_sender(world: World) -> Path:
    session = world.centre.session
    subject = peer_subject(session.profile.device, world.session.session.profile.device)
    revoked = NewEntry(PARTY_TRUSTED, subject, {"revoked_at": "2026-11-24T02:31:07.000Z"})
    with session.store.write() as transaction:
        transaction.append("620134", revoked)
    return world.scene.volumes[0]


def with_an_altered_entry(world: World) -> Path:
    entries = entries_of(world.session)
    entries[3] = replace(entries[3], officer="999999")
    lines = [entry.line() for entry in entries]
    own = world.session.session.profile.device
    return write(world.session, world.centre, world.folder / "out", lines, {own: (1, len(lines))})


def with_a_second_story(world: World) -> Path:
    """The same place of the chain, another entry: the centre holds the true one already."""
    assert not world.ingest(*world.scene.volumes).problems
    entries = entries_of(world.session)
    false = next_entry(world.session, "case.moved", f"case/{world.scene.case}", {"state": "closed"})
    with world.session.session.store.write() as transaction:
        transaction.append("620134", NewEntry("case.moved", false.subject, {"state": "frozen"}))
    export_bundle(world.session.session, _folder(world, "true"), SILENT)
    assert not world.ingest(world.folder / "true").problems
    own = world.session.session.profile.device
    lines = [entry.line() for entry in entries] + [false.line()]
    return write(world.session, world.centre, world.folder / "out", lines, {own: (1, len(lines))})


def with_a_time_that_is_none(world: World) -> Path:
    subject = f"case/{world.scene.case}"
    item = next_entry(world.session, "case.moved", subject, {"state": "closed"}, wall="noon")
    return write_entry(world.session, world.centre, world.folder / "out", item)


def with_a_broken_chain(world: World) -> Path:
    """The last entry names another one before it than stands there."""
    entries = entries_of(world.session)
    last = entries[-1]
    false = seal(
        NewEntry(last.kind, last.subject, last.fields), stream=last.stream, seq=last.seq, lamport=last.lamport,
        wall=last.wall, officer=last.officer, replaces=last.replaces, prev="f" * 64,
    )  # fmt: skip
    lines = [entry.line() for entry in (*entries[:-1], false)]
    return write(
        world.session, world.centre, world.folder / "out", lines, {last.stream: (1, len(lines))}
    )


def _folder(world: World, name: str) -> Path:
    folder = world.folder / name
    folder.mkdir()
    return folder


def enrolling_an_officer_at_the_centre(world: World) -> Path:
    subject = officer_subject(world.centre.session.profile.device, "666666")
    item = next_entry(world.session, "officer.enrolled", subject, {"name": "x", "roles": []})
    return write_entry(world.session, world.centre, world.folder / "out", item)


def answering_an_order_itself(world: World) -> Path:
    """Only a centre says that money was stopped."""
    reply = {"reply.result": "done", "reply.replied_at": "2026-11-24T02:31:07.000Z"}
    order = f"order/{bound_id(1, 1, world.centre.session.profile.device)}"
    item = next_entry(world.session, "order.replied", order, reply)
    return write_entry(world.session, world.centre, world.folder / "out", item)


def with_a_state_that_does_not_exist(world: World) -> Path:
    item = next_entry(world.session, "case.moved", f"case/{world.scene.case}", {"state": "lost"})
    return write_entry(world.session, world.centre, world.folder / "out", item)


def of_a_kind_without_end(world: World) -> Path:
    """No receipt and no sentence may grow with what another wrote."""
    order = f"order/{bound_id(1, 1, world.centre.session.profile.device)}"
    item = next_entry(world.session, "\u202e" + "x" * 500_000, order, {})
    return write_entry(world.session, world.centre, world.folder / "out", item)


def with_an_entry_of_a_newer_form(world: World) -> Path:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(entry_module, "schema_of", lambda _kind: SCHEMA + 1)
        item = next_entry(world.session, "case.moved", f"case/{world.scene.case}", {"state": "x"})
    return write_entry(world.session, world.centre, world.folder / "out", item)


Make = Callable[[World], Path]
REFUSED: dict[Make, str] = {
    truncated: "bundle.truncated",
    cut_in_half: "bundle.truncated",
    altered: "bundle.damaged",
    altered_behind_the_manifest: "bundle.damaged",
    no_bundle: "bundle.not_a_bundle",
    from_a_stranger: "bundle.unknown_sender",
    sealed_to_another: "bundle.not_for_us",
    named_for_another: "bundle.for_another",
    from_a_newer_version: "bundle.newer_version",
    of_a_foreign_stream: "bundle.foreign_stream",
    lacking_an_entry: "bundle.incomplete",
    announcing_without_end: "bundle.incomplete",
    from_a_revoked_sender: "bundle.revoked_sender",
    with_an_altered_entry: "entry.altered",
    with_a_second_story: "journal.fork",
    with_a_time_that_is_none: "entry.malformed",
    with_a_broken_chain: "journal.chain",
}
OBJECTED: dict[Make, str] = {
    enrolling_an_officer_at_the_centre: "authority.other_device",
    answering_an_order_itself: "authority.not_issuer",
    with_a_state_that_does_not_exist: "authority.field_value",
    of_a_kind_without_end: "authority.kind_unknown",
}
"""Volumes that are sound, with an entry that takes no effect."""


@pytest.mark.parametrize("make", REFUSED, ids=lambda make: make.__name__)
def test_refused_with_its_reason(world: World, make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of it is applied, though its entries are written some at a time."""
    monkeypatch.setattr(transaction, "_AT_ONCE", 3)
    path = make(world)
    before, bytes_before = world.content(), path.read_bytes()
    dry = world.ingest(path, dry_run=True)
    assert [item.error.code for item in dry.problems] == [REFUSED[make]]
    assert world.quarantine.rows() == ()
    done = world.ingest(path)
    assert_error(done.problems[0].error, REFUSED[make])
    assert (done.applied, done.blobs, done.bundles) == (0, 0, 0)
    assert world.content() == before
    (kept,) = world.quarantine.rows()
    assert kept.code == REFUSED[make]
    assert (world.folder / "quarantine" / kept.name).read_bytes() == bytes_before
    assert path.read_bytes() == bytes_before
    assert check_health(world.centre.session, SILENT) == ()


@pytest.mark.parametrize("make", OBJECTED, ids=lambda make: make.__name__)
def test_an_entry_that_breaks_a_rule_takes_no_effect_and_stops_nothing(
    world: World, make: Make
) -> None:
    world.let_in_all()
    path = make(world)
    with world.centre.session.store.read() as reader:
        before = reader.board(), reader.peers(), reader.officers()
    done = world.ingest(path)
    (objected,) = done.refused
    assert_error(objected.error, OBJECTED[make])
    assert (done.applied, done.problems, world.quarantine.rows()) == (0, (), ())
    with world.centre.session.store.read() as reader:
        assert (reader.board(), reader.peers(), reader.officers()) == before
    assert check_health(world.centre.session, SILENT) == ()
    told = _receipt_at_the_desk(world)
    assert [(row["kind"], row["rule"]) for row in told] == [(objected.kind, OBJECTED[make])], (
        "the sender hears of it"
    )
    assert len(str(told)) < 1000
    assert "\u202e" not in str(told)


def _receipt_at_the_desk(world: World) -> list[dict[str, str]]:
    with world.centre.session.store.read() as reader:
        own = world.centre.session.profile.stream_for(world.session.session.profile.unit_code)
        entries = [e for e in reader.entries(own, 1, 999) if "received.refused" in e.fields]
    rows: list[dict[str, str]] = entries[-1].fields["received.refused"]  # type: ignore[assignment]  # as written
    return rows


def test_what_a_newer_program_says_waits(world: World) -> None:
    world.let_in_all()
    done = world.ingest(with_an_entry_of_a_newer_form(world))
    assert (done.problems, done.refused, done.applied) == ((), (), 0)
    assert (done.held, done.newer) == (1, 1)
    assert world.quarantine.rows() == ()


def test_a_leap_of_the_lamport_time_waits_and_stops_nobody(world: World) -> None:
    subject = f"case/{world.scene.case}"
    world.let_in_all()
    item = next_entry(world.session, "case.moved", subject, {"state": "closed"}, ahead=2**52)
    path = write_entry(world.session, world.centre, world.folder / "out", item)
    done = world.ingest(path)
    assert (done.problems, done.applied, done.held, done.jumps) == ((), 0, 1, 1)
    with world.centre.session.store.write() as writing:
        writing.append("620001", NewEntry(OFFICER_SIGNED_IN, "officer/c/620001", {}))


def test_a_good_bundle_is_dry_run_applied_once_and_never_again(world: World) -> None:
    session = world.centre.session
    before = session.store.digest()
    dry = world.ingest(world.scene.stick, dry_run=True)
    assert dry.applied > 0
    assert session.store.digest() == before
    first = world.ingest(world.scene.stick)
    (news,) = dry.news
    assert (news.cases, news.orders, news.first) == (len(board(session)), 0, None)
    nothing = world.ingest(world.scene.stick, dry_run=True)
    assert [(item.cases, item.orders) for item in nothing.news] in ([], [(0, 0)])
    assert (first.applied, first.already, first.blobs, first.volumes) == (dry.applied, 0, 3, 2)
    after = session.store.digest()
    again = world.ingest(world.scene.stick)
    assert (again.applied, again.already, again.blobs) == (0, first.applied, 0)
    assert not again.problems
    assert session.store.digest() == after


def test_the_reason_travels_back_until_a_sound_copy_came(world: World) -> None:
    """The sender is told once; and told when all is well. A bad copy of what is here already means nothing."""
    damaged = altered_behind_the_manifest(world)
    assert world.ingest(damaged).problems
    heads = _heads(world.centre)
    assert world.ingest(damaged).problems
    assert _heads(world.centre) == heads
    assert _states_at_the_desk(world, "first") == ["refused"]
    assert not world.ingest(world.scene.stick).problems
    assert _states_at_the_desk(world, "second") == ["acknowledged"]
    heads = _heads(world.centre)
    assert world.ingest(damaged).problems
    assert _heads(world.centre) == heads


def _heads(seat: Seat) -> dict[str, int]:
    with seat.session.store.read() as reader:
        return dict(reader.heads())


def _states_at_the_desk(world: World, name: str) -> list[str]:
    """What the desk knows of its bundles once the centre's answer came."""
    write_replies(world.centre.session, _folder(world, name), SILENT)
    assert not apply_bundle(world.session.session, [world.folder / name], SILENT).problems
    with world.session.session.store.read() as reader:
        return [row.state for row in reader.bundles() if row.outgoing]


def test_a_bad_volume_does_not_stop_the_others(world: World) -> None:
    damaged = altered(world)
    done = world.ingest(damaged, world.scene.stick)
    assert len(done.problems) == 1
    assert (done.volumes, done.blobs) == (2, 3)


def test_verifying_tells_without_trusting(world: World) -> None:
    verdict = verify_bundle(world.session.session, world.scene.volumes, SILENT)
    assert verdict.ok
    assert [manifest.volume for manifest in verdict.manifests] == [1, 2]
    assert not verify_bundle(world.session.session, [altered(world)], SILENT).ok
    assert not verify_bundle(world.session.session, [], SILENT).ok


class _Stopped:
    """The person pressed cancel once work had begun."""

    def advance(self, done: int, total: int) -> None: ...

    def check(self) -> None:
        raise Cancelled


def test_stopping_is_no_fault_of_the_bundle(world: World) -> None:
    session, centre, volumes = world.session.session, world.centre.session, world.scene.volumes
    with pytest.raises(Cancelled):
        verify_bundle(session, volumes, _Stopped())
    with pytest.raises(Cancelled):
        apply_bundle(session, volumes, _Stopped())
    with pytest.raises(Cancelled):
        ingest(centre, world.quarantine, volumes, _Stopped())
    assert not world.quarantine.rows()

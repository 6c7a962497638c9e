"""Desks and a centre under everything a courier, a stick and a power cut can do to them."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule

from desktop.bundles.volumes.quarantine import Quarantine
from desktop.centre.ingest import ingest
from desktop.centre.replies import reply, write_replies
from desktop.domain.case_file.views import CaseCard
from desktop.domain.cases.case import CaseState
from desktop.domain.errors import Cancelled, RuleError, TrustError, UserInputError
from desktop.domain.exchange.delivery import DeliveryStage
from desktop.domain.exchange.volumes import WrittenVolume
from desktop.domain.ids import CaseId
from desktop.domain.installation.profile import InstallationRole
from desktop.domain.orders.order import OrderReply, ReplyResult
from desktop.domain.progress import SILENT, Progress
from desktop.services.cases.changes.move_case import move_case
from desktop.services.cases.changes.register_report import register_report
from desktop.services.evidence.attach_evidence import attach_picture
from desktop.services.exchange.export.delivery import case_delivery, delivery
from desktop.services.exchange.export.export_bundle import export_bundle
from desktop.services.exchange.peers.trust import own_card
from desktop.services.exchange.take_in.apply_bundle import apply_bundle, release_quarantine
from desktop.services.orders.issue_order import issue_stop
from desktop.services.session import Session
from tests.support.ceremony import approve, revoke_peer, trust_peer
from tests.support.looked_first import looked_first
from tests.support.quick_places import quick_place
from tests.support.sessions import Seat, a_form, take_seat

SEATS = st.sampled_from((0, 1, 2))
MACHINES = st.sampled_from((0, 1, 2, 3))
SIZES = st.sampled_from((None, 64))
UNPROVED = (DeliveryStage.HERE, DeliveryStage.EXPORTED, DeliveryStage.CARRIED)
WANT_OF_TRUST = {"bundle.expired_sender", "bundle.revoked_sender"}
NAMES = st.sampled_from(("李秀兰", "马强", "赵敏·阿依古丽", "𠮷野"))


class Pulled:
    """Progress of an export whose stick is pulled after so many volumes."""

    def __init__(self, volumes: int) -> None:
        self.left = volumes

    def written(self, _index: int, _volumes: int, _volume: WrittenVolume) -> None:
        self.left -= 1

    def advance(self, done: int, total: int) -> None: ...

    def check(self) -> None:
        if self.left <= 0:
            raise Cancelled


class DesksAndCentre(RuleBasedStateMachine):
    """Two stations, one of them with two desks, and the centre; bundles are files that anything may happen to."""

    upward = Bundle("upward")
    downward = Bundle("downward")
    refusals: frozenset[str] = frozenset()
    """Why a volume may be refused, or an export, besides want of trust: nothing, while nobody is set back."""

    @initialize()
    def open(self) -> None:
        self.folder = quick_place()
        root = Path(self.folder.name)
        self.seats = (
            take_seat(root / "a", "A", unit_code="620102540000", unit_name="张掖路派出所"),
            take_seat(root / "x", "D", unit_code="620102550000", unit_name="雁滩派出所"),
            take_seat(root / "b", "B", unit_code="620102540000", unit_name="张掖路派出所"),
        )
        self.centre = take_seat(
            root / "c", "C", unit_code="620100000000", unit_name="市反诈中心",
            role=InstallationRole.CENTRE,
        )  # fmt: skip
        self.quarantine = Quarantine(root / "quarantine")
        self.sticks = root / "sticks"
        self.sticks.mkdir()
        self.count = 0
        self.renew()

    def renew(self) -> None:
        """Every fingerprint compared anew: trust has ended for a clock that is wrong by decades."""
        for seat in self.seats:
            trust_peer(seat.session, approve(self.centre.session, own_card(seat.session)))
        first, _, second = self.seats
        trust_peer(first.session, own_card(second.session))
        trust_peer(second.session, own_card(first.session))

    def teardown(self) -> None:
        if hasattr(self, "seats"):
            self.drain()
            for seat in (*self.seats, self.centre):
                seat.session.store.close()
            self.folder.cleanup()

    def stick(self) -> Path:
        self.count += 1
        folder = self.sticks / f"{self.count:04d}"
        folder.mkdir()
        return folder

    def export(
        self, session: Session, folder: Path, progress: Progress = SILENT, **options: object
    ) -> None:
        """Export, where there is anything and the desk may."""
        try:
            export_bundle(session, folder, progress, **options)  # type: ignore[arg-type]  # its own options
        except UserInputError:
            pass
        except TrustError as error:
            if error.code not in self.refusals:
                raise

    def answer(self, folder: Path) -> None:
        """The centre's bundles for everybody, where there are any."""
        with contextlib.suppress(UserInputError):
            write_replies(self.centre.session, folder, SILENT)

    def cases(self, seat: Seat) -> list[CaseId]:
        with seat.session.store.read() as reader:
            cards = reader.board()
            waiting = [(card.id, card.loss_fen) for card in cards if card.sync < 2]
            carried = [(case.id, case.loss_fen) for case in reader.cases_under_way()]
        assert carried == waiting, "what an export names is what the board says is under way"
        return [card.id for card in cards]

    # what people do at a desk

    @rule(which=SEATS, name=NAMES)
    def registers(self, which: int, name: str) -> None:
        session = self.seats[which].session
        register_report(session, a_form(session, name))

    @rule(which=SEATS, name=NAMES)
    def stops(self, which: int, name: str) -> None:
        session = self.seats[which].session
        issue_stop(session, a_form(session, name), 0, confirmed=True, despite="时钟不准")

    @rule(which=SEATS, state=st.sampled_from(CaseState), pick=st.integers(0, 5))
    def moves(self, which: int, state: CaseState, pick: int) -> None:
        cases = self.cases(self.seats[which])
        if cases:
            move_case(self.seats[which].session, cases[pick % len(cases)], state)

    @rule(which=SEATS, data=st.binary(min_size=0, max_size=200), pick=st.integers(0, 5))
    def attaches(self, which: int, data: bytes, pick: int) -> None:
        cases = self.cases(self.seats[which])
        if cases:
            attach_picture(self.seats[which].session, cases[pick % len(cases)], "截图.png", data)

    # what happens to bundles

    @rule(target=upward, which=SEATS, size=SIZES, afresh=st.booleans())
    def exports(self, which: int, size: int | None, afresh: bool) -> tuple[int, Path]:
        folder = self.stick()
        session = self.seats[which].session
        self.export(session, folder, volume_size=size, afresh=afresh)
        return which, folder

    @rule(target=upward, which=SEATS, volumes=st.integers(1, 4))
    def is_interrupted(self, which: int, volumes: int) -> tuple[int, Path]:
        """The stick is pulled once some volumes are whole; they are good all the same."""
        folder, pulled = self.stick(), Pulled(volumes)
        with contextlib.suppress(Cancelled):
            self.export(
                self.seats[which].session, folder, pulled, volume_size=64, on_volume=pulled.written
            )
        return which, folder

    @rule(which=st.sampled_from((0, 2)), times=st.integers(1, 2))
    def reaches_the_colleague(self, which: int, times: int) -> None:
        """The other desk of the station, by a stick of their own."""
        sender, receiver = self.seats[which].session, self.seats[2 - which].session
        folder = self.stick()
        self.export(sender, folder, receiver=receiver.profile.device)
        for _ in range(times):
            problems = apply_bundle(receiver, [folder], SILENT).problems
            assert {item.error.code for item in problems} <= WANT_OF_TRUST | self.refusals

    @rule(which=SEATS)
    def is_revoked_and_found_again(self, which: int) -> None:
        """What it sent meanwhile waits in quarantine and is taken in afterwards."""
        session, folder = self.seats[which].session, self.stick()
        revoke_peer(self.centre.session, session.profile.device, "电脑被盗")
        self.export(session, folder)
        done = ingest(self.centre.session, self.quarantine, [folder], SILENT)
        refused = {item.error.code for item in done.problems}
        assert refused <= {"bundle.revoked_sender"} | self.refusals
        assert done.applied == 0
        approve(self.centre.session, own_card(session))
        centre = replace(self.centre.session, quarantine=self.quarantine)
        problems = release_quarantine(centre, SILENT).problems
        codes = {item.error.code for item in problems}
        assert codes <= self.refusals | WANT_OF_TRUST, "others' may wait for trust still"
        assert "bundle.revoked_sender" not in codes

    @rule(carried=upward, times=st.integers(1, 2))
    def reaches_the_centre(self, carried: tuple[int, Path], times: int) -> None:
        for _ in range(times):
            take_in = partial(ingest, self.centre.session, self.quarantine, [carried[1]], SILENT)
            looked_first(take_in, [carried[1]])

    @rule(carried=upward, at=st.floats(0, 1, exclude_max=True), cut=st.booleans())
    def is_damaged_on_the_way(self, carried: tuple[int, Path], at: float, cut: bool) -> None:
        for volume in sorted(carried[1].glob("*.fzb")):
            data = bytearray(volume.read_bytes())
            place = int(len(data) * at)
            broken = (
                data[:place] if cut else data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]
            )
            copy = self.stick() / volume.name
            copy.write_bytes(broken)
            before = self.centre.session.store.digest()
            done = ingest(self.centre.session, self.quarantine, [copy], SILENT)
            assert done.problems
            assert done.applied == 0
            if done.problems[0].error.code not in {"bundle.damaged", "bundle.truncated"}:
                continue  # damage after the manifest is told to the sender, which is an entry
            assert self.centre.session.store.digest() == before or done.problems

    @rule(target=downward)
    def the_centre_answers(self) -> tuple[int, Path]:
        folder = self.stick()
        self.answer(folder)
        return 0, folder

    @rule(carried=downward, which=SEATS)
    def comes_back(self, carried: tuple[int, Path], which: int) -> None:
        take_in = partial(apply_bundle, self.seats[which].session, [carried[1]], SILENT)
        done = looked_first(take_in, [carried[1]])
        assert {item.error.code for item in done.problems} <= {
            "bundle.not_for_us",
            *WANT_OF_TRUST,
            *self.refusals,
        }

    @rule(pick=st.integers(0, 5), share=st.integers(0, 100))
    def a_bank_replies(self, pick: int, share: int) -> None:
        with self.centre.session.store.read() as reader:
            orders = reader.orders()
        if not orders:
            return
        view = orders[pick % len(orders)]
        now = self.centre.clock.now()
        answer = OrderReply(
            ReplyResult.DONE, view.order.amount_fen * share // 100, 0, now,
            now + timedelta(hours=48), "中国农业银行", "客服 12", "", now,
        )  # fmt: skip
        with contextlib.suppress(RuleError):
            reply(self.centre.session, view.order.id, answer)

    # what happens to machines

    @rule(which=MACHINES)
    def loses_power(self, which: int) -> None:
        (*self.seats, self.centre)[which].reopen()

    @rule(which=MACHINES, hours=st.sampled_from((-50, -1, 1, 24, 24 * 365 * 20)))
    def clock_jumps(self, which: int, hours: int) -> None:
        (*self.seats, self.centre)[which].clock.advance(hours=hours)

    # what must always hold

    @invariant()
    def nobody_believes_more_than_is_true(self) -> None:
        if not hasattr(self, "seats"):
            return
        with self.centre.session.store.read() as reader:
            there = reader.heads()
        for seat in self.seats:
            own = seat.session.profile.device
            self.check_stages(seat)
            with seat.session.store.read() as reader:
                here = reader.heads()
                acked = reader.acknowledged(self.centre.session.profile.device)
                waiting = {
                    b.sha256
                    for b in reader.unacknowledged_blobs(self.centre.session.profile.device)
                }
                own_files = {b.sha256 for b in reader.own_blobs()}
            self.check_heads(seat, here[own], acked.get(own, 0), there.get(own, 0))
            for sha256 in own_files - waiting:  # what a colleague attached is that desk's to carry
                assert self.centre.session.vault.has(sha256), "an acknowledged blob is not there"

    def check_stages(self, seat: Seat) -> None:
        """Nothing is acknowledged or closed that the centre does not hold."""
        own = seat.session.profile.device
        told = delivery(seat.session)
        assert told is not None
        with seat.session.store.read() as here, self.centre.session.store.read() as there:
            head, held = here.heads()[own], there.heads().get(own, 0)
            files = here.own_blobs()
        assert sum(told.entries.values()) == head
        assert sum(told.files.values()) == len(files)
        assert told.reach.stage(held + 1) in UNPROVED
        for blob in files:
            assert self.centre.session.vault.has(blob.sha256) or told.blob(blob.sha256) in UNPROVED

    def check_heads(self, seat: Seat, here: int, acked: int, there: int) -> None:
        """What the desk has, what it believes the centre has, and what the centre has, of the desk's own stream."""
        assert there <= here, f"the centre is ahead of desk {seat.session.profile.device_letter}"
        assert acked <= there, "a receipt the centre never gave"

    def drain(self) -> None:
        """Carry everything until nothing is left; then all must agree and every chain must hold."""
        self.renew()
        for round_ in range(3):
            self.everybody_exchanges(afresh=round_ == 0)
        for seat in (*self.seats, self.centre):
            assert seat.session.store.verify(SILENT) == ()
        for seat in self.seats:
            self._agree(seat)

    def everybody_exchanges(self, *, afresh: bool) -> None:
        """Among colleagues, to the centre and back; nothing is refused."""
        for which in (0, 2):
            self.reaches_the_colleague(which, 1)
        for seat in self.seats:
            folder = self.stick()
            self.export(seat.session, folder, afresh=afresh)
            assert not ingest(self.centre.session, self.quarantine, [folder], SILENT).problems
            back = self.stick()
            self.answer(back)
            problems = apply_bundle(seat.session, [back], SILENT).problems
            assert {item.error.code for item in problems} <= {"bundle.not_for_us"}

    def _agree(self, seat: Seat) -> None:
        with seat.session.store.read() as here, self.centre.session.store.read() as there:
            assert (
                there.heads()[seat.session.profile.device]
                <= here.heads()[seat.session.profile.device]
            )
            board = here.board()
        for card in board:
            self.check_case(seat, card)

    def check_case(self, seat: Seat, card: CaseCard) -> None:
        """Desk and centre show the same, and the desk knows that they do."""
        with seat.session.store.read() as here, self.centre.session.store.read() as there:
            mine, theirs = here.case_file(card.id), there.case_file(card.id)
        assert mine is not None
        assert theirs is not None
        assert mine.case == theirs.case
        assert mine.transfers == theirs.transfers
        assert mine.evidence == theirs.evidence
        assert mine.holder == theirs.holder
        assert mine.conflicts == theirs.conflicts
        assert [v.order for v in mine.orders] == [v.order for v in theirs.orders]
        assert card.sync == 2
        told = case_delivery(seat.session, card.id)
        assert told is not None
        assert told.closed, "receipts list everything, and yet something is open"
        for item in mine.evidence:
            assert self.centre.session.vault.has(item.sha256)

"""Signed-in desks without a key file: real SQLCipher, real vault, real bundles; papers are faked for speed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from desktop.bundles.exchange import KeyedCards, KeyedFiles, KeyedSlips, KeyedVolumes
from desktop.domain.cases.intake import IntakeForm, TransferText
from desktop.domain.cases.people.victim import VictimText
from desktop.domain.ids import CaseId
from desktop.domain.installation.officer import CENTRE_ROLES, SMALL_STATION, Officer
from desktop.domain.installation.profile import InstallationRole, Profile
from desktop.domain.reference.directories import NoDirectories
from desktop.journal.authority import officer_subject
from desktop.journal.entry import NewEntry
from desktop.journal.kinds import OFFICER_ENROLLED
from desktop.runtime.files.resources import resource_path
from desktop.runtime.packages.rule_pack import load_rule_pack
from desktop.runtime.packages.scripts import load_scripts
from desktop.sealing.key_ring import KeyRing
from desktop.sealing.keys import DeviceKeys
from desktop.services.session import Session
from desktop.services.where_money_is import sums_by_case
from desktop.storage.database.server_address import ServerAddress
from desktop.storage.store import SqlStore
from desktop.vault.encrypted_vault import EncryptedVault
from tests.support.clocks import CountingIds, HandClock
from tests.support.fake_papers import FakePapers, FakeSheets
from tests.support.held_keys import HeldKeys
from tests.support.held_slots import HeldSlots
from tests.support.laid_out_once import SEAT_KEY, lay_out_once

lay_out_once()

KEY = SEAT_KEY
SCRIPTS = load_scripts(resource_path("scripts"))
RULES = load_rule_pack(resource_path("rules"))


@dataclass
class Seat:
    """A desk that can be killed and opened again."""

    root: Path
    session: Session
    keys: DeviceKeys
    clock: HandClock

    @property
    def ring(self) -> KeyRing:
        """The keys it holds; no crash takes them away."""
        assert isinstance(self.session.keys, HeldKeys)
        return self.session.keys.ring

    def reopen(self) -> None:
        """What a crash leaves: no checkpoint, no clean close; then open from the files alone."""
        self.session.store._engine.dispose()  # type: ignore[attr-defined]  # a crash asks nobody
        store = SqlStore.open(self.root / "desk.db", KEY, self.session.profile, self.clock)
        vault = EncryptedVault(self.root / "vault", self.ring)
        self.session = replace(self.session, store=store, vault=vault)


def take_seat(
    root: Path,
    letter: str,
    *,
    unit_code: str = "620102540000",
    unit_name: str = "张掖路派出所",
    role: InstallationRole = InstallationRole.DESK,
    clock: HandClock | None = None,
    where: Path | ServerAddress | None = None,
) -> Seat:
    """A fresh installation with one officer signed in; its database a file, or at ``where``."""
    root.mkdir(parents=True, exist_ok=True)
    held = clock or HandClock()
    keys = DeviceKeys.generate()
    ring = KeyRing([keys])
    profile = Profile(role, unit_code, unit_name, letter, keys.device_id)
    roles = CENTRE_ROLES if role is InstallationRole.CENTRE else SMALL_STATION
    officer = Officer("620134", "王建国", tuple(roles))
    store = SqlStore.create(where or root / "desk.db", KEY, profile, held)
    with store.write() as transaction:
        subject = officer_subject(profile.device, officer.number)
        transaction.append(officer.number, NewEntry(OFFICER_ENROLLED, subject, officer.to_fields()))
    papers = FakePapers()
    session = Session(
        profile=profile,
        officer=officer,
        store=store,
        vault=EncryptedVault(root / "vault", ring),
        cards=KeyedCards(ring),
        volumes=KeyedVolumes(ring),
        slips=KeyedSlips(ring),
        signed_files=KeyedFiles(ring),
        keys=HeldKeys(ring),
        slots=HeldSlots(),
        papers=papers,
        own_forms=papers,
        sheets=FakeSheets(),
        clock=held,
        ids=CountingIds(f"{ord(letter):02x}"),
        rules=RULES,
        directories=NoDirectories(),
        scripts=SCRIPTS,
    )
    return Seat(root, session, keys, held)


def signed_in(session: Session, officer: Officer) -> Session:
    """The desk with another officer at it, who is enrolled there from now on."""
    with session.store.write() as transaction:
        if transaction.officer(officer.number) != officer:
            subject = officer_subject(session.profile.device, officer.number)
            enrolled = NewEntry(OFFICER_ENROLLED, subject, officer.to_fields())
            transaction.append(session.officer.number, enrolled)
    return replace(session, officer=officer)


def a_form(session: Session, name: str = "李秀兰", **changes: object) -> IntakeForm:
    """A form complete enough for a stop. Everything invented."""
    form = IntakeForm(
        case_id=session.ids.new_id(),
        victim=VictimText(name, "resident_id", "620102196804152044", "13919364417"),
        transfers=(
            TransferText(
                id=session.ids.new_id(),
                time="2026-11-24 10:12:35",
                amount="98,000.00",
                channel="mobile_bank",
                arrival="next_day",
                payer_account="6217004230001234569",
                payer_bank="中国建设银行",
                payee_name="陈某某",
                payee_account="6230520010037788996",
                payee_bank="中国农业银行",
                serial="26112400128841",
            ),
        ),
        type="T01",
        narrative="点赞返利，先后垫付两次，对方拒绝返还。",
    )
    return replace(form, **changes)  # type: ignore[arg-type]  # named fields of the form


def seat_at(root: Path, like: Seat, prefix: str) -> Seat:
    """The seat ``like`` over a copy of its files; ids of the new seat begin with ``prefix``."""
    store = SqlStore.open(root / "desk.db", KEY, like.session.profile, like.clock)
    vault = EncryptedVault(root / "vault", like.ring)
    session = replace(like.session, store=store, vault=vault, ids=CountingIds(prefix))
    return Seat(root, session, like.keys, like.clock)


def stopped_fen(session: Session, case: CaseId) -> int:
    """What banks hold of the money of a case now."""
    now = session.clock.now()
    return sums_by_case(session, now, {case})[case].stopped_fen

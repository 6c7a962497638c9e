"""What the PCs of one centre tell each other: passwords that were changed, keys of the centre that are new.

Each leaves one text in the database, signed by its own keys and sealed to the other PCs on the list that the centre's
first PC signed; who reads or writes the database alone can neither open nor make one. Texts say more and never less:
an older one in the place of a newer takes nothing away.
"""

from __future__ import annotations

import hmac
import logging
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from desktop.app.keys.seat_secrets import CentreKeys, read_keys, seat_secret, written_keys
from desktop.bundles.signed_files.cards import ENROLMENT, make_card, parse_card
from desktop.bundles.signed_files.seat_keys import SharedKeys, open_shared, seal_shared
from desktop.domain.errors import AppError, RuleError, TrustError, WorldError
from desktop.domain.exchange.peers import Peer
from desktop.domain.ids import DeviceId
from desktop.domain.installation.profile import Profile
from desktop.domain.records.fields import Json, text
from desktop.domain.time.clock import Clock, to_wire
from desktop.journal.authority import device_subject, keys_subject
from desktop.runtime.keys.key_file import KeyFile
from desktop.runtime.keys.unlocked import Unlocked
from desktop.sealing.key_ring import KeyRing
from desktop.sealing.keys import DeviceKeys
from desktop.sealing.seat_ring import SeatRing
from desktop.services.exchange.peers.own_keys import announced_cards, destroyed_keys, key_in_use
from desktop.services.ports import Reader
from desktop.storage.store import SqlStore

_log = logging.getLogger(__name__)
FIRST_PC: Final = "first"
"""Names the text of the centre's first PC."""


@dataclass(frozen=True, slots=True)
class _SignedList:
    """The list of the centre's PCs as the database has it. ``cards``: by which the centre told of each of its keys,
    oldest first."""

    text: str
    cards: tuple[str, ...]

    def signers(self, ours: Collection[DeviceId]) -> frozenset[DeviceId]:
        """``ours``, and those before them by the word of one of ours: a key may have signed the list and be destroyed
        by now. A lost one is nobody's predecessor."""
        known = {*ours}
        for card in map(parse_card, reversed(self.cards)):
            if card.fingerprint in known and card.succeeds:
                known.add(card.succeeds)
        return frozenset(known)


@dataclass(slots=True)
class SeatDesk:
    """The key file, opened, beside the database. ``unlocked`` follows what is written into the file."""

    profile: Profile
    store: SqlStore
    file: KeyFile
    unlocked: Unlocked
    ring: KeyRing
    clock: Clock

    @property
    def centre_keys(self) -> CentreKeys:
        """What opens what is sealed to the centre, oldest first, up to the pair in use."""
        if isinstance(self.ring, SeatRing):
            return self.ring.centre
        held = self.ring.fingerprints
        used = held[: held.index(self.ring.known_by) + 1]
        return {one: self.ring.pair(one).age for one in used}

    @property
    def _ours(self) -> Collection[DeviceId]:
        """What the first PC may have signed by: there any pair that is held, whichever is said to be in use."""
        return self.ring.centre if isinstance(self.ring, SeatRing) else self.ring.fingerprints

    def follow(self) -> bool:
        """Take over what other PCs left, a key of the centre among it, which is in use from then on; whether one
        came.

        Raises ``RuleError("seat.left_behind")`` at a seat that was off while the centre destroyed the newest of its
        keys that is here, and that can not take over what came after: what the seat sealed nobody else would open.
        """
        with self.store.read() as reader:
            active = {one.number for one in reader.officers(self.profile.device) if one.roles}
            working = {one.card.device: one for one in reader.seats() if not one.revoked}
            current_list = self._signed_list(reader)
            destroyed = destroyed_keys(reader, self.profile.device)
        fresh = False
        for shared in self._texts(working, current_list):
            fresh |= self._take(shared, active)
        if self.profile.seat in working and self.ring.known_by in destroyed:
            raise RuleError("seat.left_behind")
        return fresh

    def tell(self) -> None:
        """Leave for the others what is here; nothing where there are none, or where they have it."""
        recipients = self._recipients()
        if not recipients:
            return
        content = self._content()
        name = self.profile.seat or FIRST_PC
        before = self.store.shared_texts().get(name)
        if before is None or not self._says(before, {**content, "for": [*recipients]}):
            oldest = self.ring.pair(self.ring.fingerprints[0])  # which whoever was away knows too
            self.store.share_text(name, self._sealed(content, recipients, oldest))

    def try_tell(self) -> None:
        """The same after something was changed, which stands: what can not be told now is at the next sign-in."""
        try:
            self.tell()
        except AppError as error:
            _log.warning("other PCs were not told of keys: %s", error.code)

    def approval(self, seat: DeviceId, secrets: Mapping[str, Json]) -> str:
        """What the PC ``seat`` is given once, with ``secrets`` that it needs to reach the database."""
        with self.store.read() as reader:
            card = next(one.card for one in reader.seats() if one.card.device == seat)
            in_use = key_in_use(reader, self.profile.device)
        self.ring.follow(in_use)
        content = {**self._content(), "seat": seat, **secrets}
        return self._sealed(content, (card.recipient,), self.ring.current)

    def _content(self) -> dict[str, Json]:
        return {
            "master": self.unlocked.master.hex(),
            "slots": self.file.shared_slots(),
            "keys": written_keys(self.centre_keys),
        }

    def _sealed(
        self, content: Mapping[str, Json], recipients: tuple[str, ...], pair: DeviceKeys
    ) -> str:
        own = self.profile
        card = make_card(
            ENROLMENT, pair, own.unit_code, own.unit_name, own.device_letter, own.role.value,
            to_wire(self.clock.now()), device=own.seat or own.device,
        )  # fmt: skip
        return seal_shared(card, recipients, {**content, "for": [*recipients]}, pair)

    def _says(self, sealed: str, content: Mapping[str, Json]) -> bool:
        try:
            return dict(open_shared(sealed, self.ring.identities).content) == content
        except TrustError:
            return False

    def _recipients(self) -> tuple[str, ...]:
        """The centre's own key, and each PC that works here and stands on the list its first PC signed."""
        with self.store.read() as reader:
            seats = reader.seats()
            signed, in_use = self._signed_list(reader), key_in_use(reader, self.profile.device)
        self.ring.follow(in_use)
        listed = self._listed(signed)
        working = [one.card.recipient for one in seats if not one.revoked]
        others = [one for one in working if one in listed]
        return (self.ring.in_use.recipient.text, *sorted(others)) if seats else ()

    def _signed_list(self, reader: Reader) -> _SignedList:
        device = self.profile.device
        made = text(reader.current(device_subject(device)), "list.text")
        return _SignedList(made, announced_cards(reader.current(keys_subject(device))))

    def _listed(self, signed: _SignedList) -> frozenset[str]:
        """What is sealed to each PC on a list that the first PC signed."""
        from desktop.bundles.signed_files.centre_list import parse_list  # noqa: PLC0415 - seldom needed

        if not signed.text:
            return frozenset()
        listed = parse_list(signed.text)
        if listed.signer not in signed.signers(self._ours):
            raise TrustError("centre_list.not_ours")
        return frozenset(card.recipient for card in listed.cards)

    def _texts(self, working: Mapping[DeviceId, Peer], signed: _SignedList) -> Iterator[SharedKeys]:
        """Those that a PC of this centre made, signed by keys it is known by here: of the first PC one of those that
        came with the approval, or later, of any other the one on the list. Whoever makes one knows the master key. That
        of the first PC comes first: the list may be signed by a key that is in it. Its own is among them: in an older
        copy of its folder is not what was changed since."""
        texts = self.store.shared_texts()
        for name in sorted(texts, key=lambda name: (name != FIRST_PC, name)):
            sealed = texts[name]
            if name != FIRST_PC and name not in working:
                continue
            try:
                shared = open_shared(sealed, self.ring.identities)
                self._require_ours(name, shared, working, signed)
            except TrustError as error:
                # A PC that was removed finds nothing for it any more, and is told so by the database.
                level = logging.INFO if error.code == "seat_keys.for_another" else logging.WARNING
                _log.log(level, "keys that another PC left are not taken: %s", error.code)
                continue
            yield shared

    def _require_ours(
        self, name: str, shared: SharedKeys, working: Mapping[DeviceId, Peer], signed: _SignedList
    ) -> None:
        card = shared.signer
        if name == FIRST_PC:
            known = card.device == self.profile.device and card.fingerprint in self._ours
        else:
            known = card.fingerprint == working[DeviceId(name)].card.fingerprint
            known = known and card.recipient in self._listed(signed)
        master = str(shared.content.get("master", "")).encode()
        if not known or not hmac.compare_digest(master, self.unlocked.master.hex().encode()):
            raise TrustError("seat_keys.damaged")

    def _take(self, shared: SharedKeys, active: set[str]) -> bool:
        content: Mapping[str, Any] = shared.content
        self.file.take_slots(self.unlocked, content.get("slots") or {}, active)
        if not isinstance(self.ring, SeatRing) or shared.signer.device != self.profile.device:
            return False
        try:
            fresh = self.ring.hold(read_keys(content.get("keys")))
        except (TypeError, ValueError) as error:
            raise WorldError("keyfile.damaged") from error
        if fresh:
            secret = seat_secret(self.profile.device, self.ring.centre)
            values = {**self.file.secrets_of(self.unlocked), **secret}
            self.unlocked = self.file.replace_secrets(self.unlocked, values)
        return fresh

"""Own keys in memory, for pages that show them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from desktop.domain.exchange import OwnKey, Peer
from desktop.domain.ids import DeviceId
from desktop.domain.progress import Progress
from desktop.services.officers.second_officer import TypedSecond
from desktop.ui.shared.trust.keys_port import KeysView, OfflineKey

NEW = DeviceId("K8P2V7WQ3H9XM4TD")


class MemoryKeys:
    """Implements ``KeyPort``. ``calls`` says what was asked for."""

    def __init__(self, first: DeviceId, now: datetime) -> None:
        self.now = now
        self.keys = [OwnKey(first, now - timedelta(days=400), None, lost=False, held=True)]
        self.unaware: tuple[Peer, ...] = ()
        self.may_change = True
        self.calls: list[str] = []
        self.fail_with: Exception | None = None
        self.copy_is_due = False
        self.offline: OfflineKey | None = None

    def fingerprint(self) -> DeviceId:
        return self.keys[0].fingerprint

    def view(self) -> KeysView:
        return KeysView(
            tuple(self.keys), self.unaware, self.may_change, self.copy_is_due, self.offline
        )

    def make_offline(self, target: Path, second: TypedSecond | None = None) -> str:
        self.calls.append(f"offline {target.name}")
        self.offline = OfflineKey("age1x", self.now)
        return "age1x"

    def rotate(self, lost: str) -> OwnKey:
        self.calls.append(f"rotate {lost}".strip())
        self.keys[0] = replace(self.keys[0], until=self.now, lost=bool(lost))
        self.keys.insert(0, OwnKey(NEW, self.now, None, lost=False, held=True))
        return self.keys[0]

    def destroy(self, fingerprint: DeviceId, progress: Progress) -> OwnKey:
        progress.advance(1, 2)
        progress.check()
        if self.fail_with is not None:
            raise self.fail_with
        self.calls.append(f"destroy {fingerprint}")
        self.keys = [
            replace(key, held=False) if key.fingerprint == fingerprint else key for key in self.keys
        ]
        return next(key for key in self.keys if key.fingerprint == fingerprint)

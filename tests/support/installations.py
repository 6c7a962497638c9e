"""Whole installations for tests: real database, vault and bundles, with a hand clock and a cheap key derivation."""

from __future__ import annotations

from pathlib import Path

from desktop.app.installation import Installation, Machine
from desktop.domain.ids import IdSource
from desktop.domain.installation.profile import FirstRun, InstallationRole
from desktop.runtime.keys.key_wrap import KdfCost
from desktop.services.exchange.peers.trust import own_card
from desktop.services.session import Session
from tests.support.ceremony import approve, trust_peer
from tests.support.clocks import CountingIds, HandClock
from tests.support.laid_out_once import lay_out_once
from tests.support.read_once import read_once

lay_out_once()
read_once()

PASSWORD = "Zhang-ye-lu-2026"
OFFICER = "620134"
CHEAP = KdfCost(memory_kib=8, time_cost=1)


def machine(clock: HandClock | None = None, ids: IdSource | None = None) -> Machine:
    """A machine whose clock the test holds."""
    return Machine(clock or HandClock(), ids or CountingIds(), CHEAP)


def make_desk(root: Path, letter: str = "A", own: Machine | None = None) -> Installation:
    """A station's desk, not signed in."""
    installation = Installation(root, own or machine(ids=CountingIds(letter.lower())))
    installation.create(
        FirstRun(
            InstallationRole.DESK, "620102540000", "兰州市公安局城关分局张掖路派出所", letter,
            OFFICER, "王建国", PASSWORD,
        )
    )  # fmt: skip
    return installation


def make_centre(root: Path, own: Machine | None = None) -> Installation:
    """The city centre, not signed in."""
    installation = Installation(root, own or machine(ids=CountingIds("cc")))
    installation.create(
        FirstRun(
            InstallationRole.CENTRE,
            "620100000000",
            "兰州市反诈中心",
            "C",
            "620001",
            "李静",
            PASSWORD,
        )
    )
    return installation


def introduce(session: Session, centre: Session) -> None:
    """Enrolment card out, approval card back."""
    trust_peer(session, approve(centre, own_card(session)))

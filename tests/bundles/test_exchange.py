"""The adapter keeps the port's promises, between a desk and a centre."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.bundles.exchange import KeyedCards, KeyedSlips, KeyedVolumes
from desktop.domain.errors import TrustError
from desktop.domain.exchange.volumes import VolumeManifest
from desktop.domain.ids import DeviceId
from desktop.domain.installation.profile import InstallationRole, Profile
from desktop.domain.progress import SILENT
from desktop.sealing.key_ring import KeyRing
from desktop.services.ports import Cards, Slips, VolumeContents, Volumes
from tests.bundles import volumes
from tests.bundles.volumes import CENTRE, DESK

AT = "2026-11-24T01:30:00.000Z"
DESKS, CENTRES = KeyRing([DESK]), KeyRing([CENTRE])
desk_cards: Cards = KeyedCards(DESKS)
centre_cards: Cards = KeyedCards(CENTRES)
desk_volumes: Volumes = KeyedVolumes(DESKS)
centre_volumes: Volumes = KeyedVolumes(CENTRES)
desk_slips: Slips = KeyedSlips(DESKS)
centre_slips: Slips = KeyedSlips(CENTRES)
STATION = Profile(
    InstallationRole.DESK, "620102000000", "城关分局张掖路派出所", "A", DESK.device_id
)
CITY = Profile(InstallationRole.CENTRE, "620100000000", "兰州市反诈中心", "Z", CENTRE.device_id)


def test_enrolment_there_and_back() -> None:
    card = centre_cards.parse_card(desk_cards.card(STATION, AT))
    approval = desk_cards.parse_card(centre_cards.approval(CITY, card, AT))
    assert card.unit_name == STATION.unit_name
    assert approval.approves == DESK.device_id
    assert approval.recipient == centre_cards.recipient()


@pytest.mark.parametrize("former", [None, CENTRE.device_id], ids=["none", "not held"])
def test_a_former_key_that_is_not_held_names_no_successor(former: DeviceId | None) -> None:
    """The card is that of an installation that never had another key."""
    assert desk_cards.card(STATION, AT, former=former) == desk_cards.card(STATION, AT)


def test_a_volume_there(tmp_path: Path) -> None:
    what = volumes.manifest()
    blobs = volumes.streams(volumes.BLOBS)
    contents = VolumeContents(volumes.LINES, volumes.PDF, blobs, [centre_cards.recipient()])
    written = desk_volumes.write_volume(tmp_path, what, contents, SILENT)
    signers: list[tuple[VolumeManifest, str]] = []
    found = centre_volumes.read_volume(
        tmp_path / written.name, volumes.Sink(), lambda *accepted: signers.append(accepted), SILENT
    )
    assert signers == [(what, centre_cards.parse_card(desk_cards.card(STATION, AT)).signing_key)]
    assert found == what
    assert desk_cards.sender(STATION).signing_key == DESK.signing_line
    assert desk_volumes.sweep(tmp_path) == 0


def test_a_slip_over_a_picture() -> None:
    (data,) = desk_slips.seal_slip([{"order": "x", "reason": "冒充客服"}], centre_cards.recipient())
    (accepted,) = centre_slips.scan(desk_slips.qr_png(data))
    assert accepted == data
    opened = centre_slips.open_slip(accepted, lambda _device: DESK.signing_line)
    said = ({"order": "x", "reason": "冒充客服"},)
    assert (opened.device, opened.orders) == (DESK.device_id, said)
    for line in (CENTRE.signing_line, "ssh-ed25519 nonsense"):
        with pytest.raises(TrustError, match=r"slip\.signature"):
            centre_slips.open_slip(accepted, lambda _device, line=line: line)  # type: ignore[misc]

    def unknown(_device: DeviceId) -> str:
        raise TrustError("slip.unknown_sender")

    with pytest.raises(TrustError, match=r"slip\.unknown_sender"):
        centre_slips.open_slip(accepted, unknown)

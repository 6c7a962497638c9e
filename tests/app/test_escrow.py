"""Every password and the printed code are lost: the centre's copy opens the station, and nobody else's request does."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.app.installation import Installation
from desktop.app.maintenance.escrow import answer_request, make_request, recover_with_answer
from desktop.domain.errors import AppError
from desktop.domain.installation.officer import Officer, Role
from desktop.journal.kinds import ESCROW_OPENED
from desktop.services.exchange.peers.trust import peers
from desktop.services.officers.enrol_officer import enrol_officer
from tests.support.ceremony import revoke_peer
from tests.support.installations import (
    OFFICER,
    PASSWORD,
    introduce,
    make_centre,
    make_desk,
)

NEW = "Xin-mi-ma-2026!"


@pytest.fixture
def centre(tmp_path: Path) -> Iterator[Installation]:
    installation = make_centre(tmp_path / "centre")
    installation.sign_in("620001", PASSWORD)
    yield installation
    installation.close()


@pytest.fixture
def station(tmp_path: Path, centre: Installation) -> Installation:
    """Enrolled, signed in once more since, and locked."""
    installation = make_desk(tmp_path / "desk")
    introduce(installation.sign_in(OFFICER, PASSWORD), centre.session)
    installation.close()
    installation.sign_in(OFFICER, PASSWORD)
    installation.close()
    return installation


def refusal(call: object, *arguments: object) -> str:
    with pytest.raises(AppError) as caught:
        call(*arguments)  # type: ignore[operator]
    return caught.value.code


def test_the_centre_gives_a_station_its_key_back(
    centre: Installation, station: Installation
) -> None:
    assert station.key_file().escrow_holder() == centre.key_ring().current.age.recipient.text
    data, code = make_request(station)
    answer = answer_request(centre, data, code.lower().replace("-", " "))
    recover_with_answer(station, answer, OFFICER, NEW)
    assert refusal(station.sign_in, OFFICER, PASSWORD) == "password.wrong"
    session = station.sign_in(OFFICER, NEW)
    assert session.officer.number == OFFICER
    station.close()
    assert not station.paths.escrow_answer_key.exists()
    assert refusal(recover_with_answer, station, answer, OFFICER, NEW) == "escrow.damaged"
    device = centre.session.profile.device
    with centre.session.store.read() as reader:
        last = list(reader.entries(device, 1, 10_000))[-1]
    assert (last.kind, last.fields["code"]) == (ESCROW_OPENED, code)


def test_nothing_in_request_or_answer_opens_anything_by_itself(
    centre: Installation, station: Installation
) -> None:
    opened = station.key_file().unlock(OFFICER, PASSWORD)
    data, code = make_request(station)
    answer = answer_request(centre, data, code)
    for secret in (opened.master, opened.master.hex().encode(), *opened.secrets.values()):
        assert secret not in data
        assert secret not in answer


def test_another_request_than_the_station_read_out_is_not_answered(
    centre: Installation, station: Installation
) -> None:
    data, code = make_request(station)
    forged = json.loads(data)
    forged["unit"] = "别的所"
    assert refusal(answer_request, centre, json.dumps(forged).encode(), code) == "escrow.code"
    for broken in (b"", b"[]", b"{}", data[:-40], data.replace(b"age1", b"age2")):
        assert refusal(answer_request, centre, broken, code) == "escrow.damaged"


def test_an_answer_to_an_earlier_request_opens_nothing(
    centre: Installation, station: Installation
) -> None:
    answer = answer_request(centre, *make_request(station))
    make_request(station)
    assert refusal(recover_with_answer, station, answer, OFFICER, NEW) == "escrow.damaged"
    station.sign_in(OFFICER, PASSWORD)
    station.close()


def test_a_revoked_station_gets_no_answer(centre: Installation, station: Installation) -> None:
    (peer,) = peers(centre.session)
    revoke_peer(centre.session, peer.card.device, "电脑被盗")
    assert refusal(answer_request, centre, *make_request(station)) == "escrow.stranger"


def test_the_copy_of_another_station_is_not_opened_for_this_one(
    centre: Installation, station: Installation, tmp_path: Path
) -> None:
    """Whoever puts another's copy into his own request gets nothing."""
    other = make_desk(tmp_path / "other", "B")
    introduce(other.sign_in(OFFICER, PASSWORD), centre.session)
    other.close()
    other.sign_in(OFFICER, PASSWORD)
    other.close()
    mine, theirs = (json.loads(make_request(one)[0]) for one in (station, other))
    data = json.dumps({**mine, "copy": theirs["copy"]}).encode()
    station_code = answer_code(data)
    assert refusal(answer_request, centre, data, station_code) == "escrow.damaged"


def answer_code(data: bytes) -> str:
    from desktop.app.maintenance.escrow import read_request  # noqa: PLC0415

    return read_request(data).code


def test_only_an_administrator_of_the_centre_answers(
    centre: Installation, station: Installation
) -> None:
    data, code = make_request(station)
    station.sign_in(OFFICER, PASSWORD)
    assert refusal(answer_request, station, data, code) == "escrow.not_a_centre"
    station.close()
    enrol_officer(centre.session, Officer("620002", "赵敏", (Role.DISPATCHER,)), NEW)
    centre.close()
    centre.sign_in("620002", NEW, f"{NEW}-own")
    assert refusal(answer_request, centre, data, code) == "rights.missing"


def test_without_a_centre_there_is_no_copy_and_with_a_revoked_one_none_any_more(
    centre: Installation, station: Installation, tmp_path: Path
) -> None:
    alone = make_desk(tmp_path / "alone", "C")
    alone.sign_in(OFFICER, PASSWORD)
    alone.close()
    assert refusal(make_request, alone) == "escrow.missing"
    session = station.sign_in(OFFICER, PASSWORD)
    revoke_peer(session, centre.session.profile.device, "换了中心")
    station.close()
    station.sign_in(OFFICER, PASSWORD)
    station.close()
    assert refusal(make_request, station) == "escrow.missing"

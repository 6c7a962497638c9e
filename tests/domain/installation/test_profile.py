"""Who an installation is: its streams, its first officer, and the names a server may have."""

from __future__ import annotations

from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.errors import UserInputError
from desktop.domain.ids import DeviceId, bound_id, made_by
from desktop.domain.installation.officer import CENTRE_ROLES, SMALL_STATION, Role, check_officer
from desktop.domain.installation.profile import (
    FirstRun,
    InstallationRole,
    Profile,
    device_of,
    is_plain_name,
    server_choice,
)

DEVICE, OTHER = DeviceId("A" * 16), DeviceId("B" * 16)
STATION, CENTRE = "620102540000", "620100000000"


@pytest.mark.parametrize(
    ("role", "renewed", "unit", "stream"),
    [
        (InstallationRole.DESK, "", STATION, DEVICE),
        (InstallationRole.DESK, "2026", CENTRE, DEVICE),
        (InstallationRole.CENTRE, "", STATION, f"{DEVICE}.{STATION}"),
        (InstallationRole.CENTRE, "2026", STATION, f"{DEVICE}.{STATION}.2026"),
        (InstallationRole.CENTRE, "2026", CENTRE, DEVICE),
        (InstallationRole.CENTRE, "2026", "", DEVICE),
    ],
)
def test_a_centre_keeps_a_stream_for_each_station(
    role: InstallationRole, renewed: str, unit: str, stream: str
) -> None:
    own = STATION if role is InstallationRole.DESK else CENTRE
    profile = Profile(role, own, "", "A", DEVICE, renewed=renewed)
    assert profile.stream_for(unit) == stream
    assert device_of(stream) == DEVICE


def test_the_first_officer_has_the_usual_roles_or_those_chosen() -> None:
    def first(role: InstallationRole, *chosen: Role) -> tuple[Role, ...]:
        asked = FirstRun(role, STATION, "", "A", "620134", "王", "secret-word", chosen)
        assert "secret-word" not in repr(asked)
        assert "王" not in repr(asked)
        return asked.first_roles()

    assert first(InstallationRole.DESK) == SMALL_STATION
    assert first(InstallationRole.CENTRE) == CENTRE_ROLES
    assert first(InstallationRole.CENTRE, Role.AUDITOR) == (Role.AUDITOR,)


@pytest.mark.parametrize("host", ["db.gov", "10.0.0.1", "fe80::1"])
@pytest.mark.parametrize("root", ["", "/etc/ca?sslmode=disable.pem"])
def test_a_server_is_named_part_by_part_and_its_password_apart(host: str, root: str) -> None:
    made = server_choice(host, 5432, "fanzha", "a b@c", "se:cret", root)
    address = urlsplit(made.address)
    assert (address.hostname, address.port, address.path) == (host, 5432, "/fanzha")
    assert unquote(address.username or "") == "a b@c"
    assert parse_qs(address.query) == ({"sslrootcert": [root]} if root else {})
    assert address.password is None
    assert "se:cret" not in repr(made)


@given(st.text(max_size=12))
def test_a_plain_name_has_no_sign_that_means_something(name: str) -> None:
    meaning = set("/?#@%[]\\,;=&\"'")
    plain = bool(name) and not meaning & set(name) and name == "".join(name.split())
    assert is_plain_name(name) is plain


@given(
    st.integers(0, 2**48 - 1),
    st.integers(0, 2**18 - 1),
    st.integers(0, 31),
    st.sampled_from("0123456789abcdef"),
)
def test_an_id_belongs_to_the_device_that_made_it(
    moment: int, serial: int, place: int, digit: str
) -> None:
    made = bound_id(moment, serial, DEVICE)
    assert made_by(made, DEVICE)
    assert not made_by(made, OTHER)
    changed = made[:place] + digit + made[place + 1 :]
    assert made_by(changed, DEVICE) is (changed == made)
    assert not made_by("0" * 32, DEVICE), "an id of before tells nothing"


@pytest.mark.parametrize(
    ("number", "name", "code"),
    [("", "王", "officer.number"), ("6 2", "王", "officer.number"), ("6" * 21, "王", "officer.number"),
     ("六", "王", "officer.number"), ("A62", " ", "officer.name"), ("A62", "王\n", "officer.name")],
)  # fmt: skip
def test_nobody_is_enrolled_who_could_not_sign_in(number: str, name: str, code: str) -> None:
    check_officer("FJ620134", "欧阳·买买提江")
    with pytest.raises(UserInputError, match=f"^{code}$"):
        check_officer(number, name)

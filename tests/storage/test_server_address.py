"""What a server's address may say, and how the way to it is secured."""

from __future__ import annotations

import pytest

from desktop.app.profile.database_place import moved_choice
from desktop.domain.errors import UserInputError
from desktop.domain.installation.profile import ServerChoice, is_plain_name, server_choice
from desktop.storage.database.server_address import server_address


@pytest.mark.parametrize(
    ("host", "user", "read"),
    [
        ("db.lz.example", "fanzha", ("db.lz.example", 5433, "fanzha", True)),
        ("127.0.0.1", "a@b/c:d", ("127.0.0.1", 5433, "a@b/c:d", False)),
        ("fd00::1", "中心", ("fd00::1", 5433, "中心", True)),
    ],
)
def test_a_server_named_part_by_part_is_the_one_that_is_meant(
    host: str, user: str, read: tuple[str, int, str, bool]
) -> None:
    choice = server_choice(host, 5433, "fanzha", user, "p@ss/word")
    address = server_address(choice.address, choice.password)
    url = address.url
    assert (url.host, url.port, url.username, "sslmode" in url.query) == read
    assert (url.database, address.with_password.password) == ("fanzha", "p@ss/word")


def test_standbys_are_named_after_the_first() -> None:
    choice = server_choice("db1.city， db2.city fd00::1", 5433, "fanzha", "u", root="/r.crt")
    url = server_address(choice.address).url
    assert url.query["host"] == "db1.city,db2.city,fd00::1"
    assert url.query["port"] == "5433,5433,5433"
    assert url.query["sslmode"] == "verify-full"
    assert str(url.query["sslrootcert"]).endswith("r.crt")


def test_a_server_that_moved_is_found_by_its_hosts_or_a_whole_address() -> None:
    """What else was chosen stays, and the password with it."""
    former = server_choice("db1.city", 5433, "fanzha", "u", "p@ss", root="/r.crt")
    one = moved_choice(former, "fd00::2")
    several = moved_choice(one, "db8.city，db9.city")
    back = moved_choice(several, "db1.city")
    url = server_address(several.address).url
    assert (url.query["host"], url.query["port"]) == ("db8.city,db9.city", "5433,5433")
    assert server_address(back.address).text == server_address(former.address).text
    assert {moved.password for moved in (one, several, back)} == {"p@ss"}
    whole = moved_choice(former, "postgresql://u@db7.city:6000/fanzha")
    assert whole == ServerChoice("postgresql://u@db7.city:6000/fanzha", "p@ss")
    with pytest.raises(UserInputError, match=r"database\.address"):
        moved_choice(former, "db1.city/other")


@pytest.mark.parametrize("name", ["", "a b", "a/b", "a?sslmode=disable", "a@b", "a#b", "a,b"])
def test_what_means_something_in_an_address_is_no_name(name: str) -> None:
    assert not is_plain_name(name)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("postgresql://centre@localhost/fanzha", "postgresql+psycopg://centre@localhost/fanzha"),
        (
            "postgresql+psycopg://centre@10.1.2.3:5433/fanzha",
            "postgresql+psycopg://centre@10.1.2.3:5433/fanzha?sslmode=verify-full",
        ),
        (
            "postgresql+psycopg://centre@/fanzha?host=%2Fvar%2Frun%2Fpostgresql",
            "postgresql+psycopg://centre@/fanzha?host=%2Fvar%2Frun%2Fpostgresql",
        ),
        (
            "postgresql://centre@localhost/fanzha?sslrootcert=%2Fetc%2Froot.crt",
            "postgresql+psycopg://centre@localhost/fanzha?sslmode=verify-full&sslrootcert=%2Fetc%2Froot.crt",
        ),
        (
            "postgresql://centre@db.city/fanzha?sslrootcert=system",
            "postgresql+psycopg://centre@db.city/fanzha?sslmode=verify-full&sslrootcert=system",
        ),
    ],
)
def test_beyond_this_machine_the_server_must_prove_itself(text: str, shown: str) -> None:
    address = server_address(text, "secret")
    assert address.text == shown
    assert "secret" not in repr(address) + address.text
    assert address.with_password.password == "secret"
    assert server_address(address.text) == server_address(shown)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "database.address"),
        ("desk.db", "database.address"),
        ("sqlite:///desk.db", "database.address"),
        ("mysql://centre@localhost/fanzha", "database.address"),
        ("postgresql://localhost/fanzha", "database.address"),
        ("postgresql://centre@localhost", "database.address"),
        ("postgresql://centre@/fanzha", "database.address"),
        ("postgresql://centre@localhost/fanzha?service=elsewhere", "database.address"),
        ("postgresql://centre:secret@localhost/fanzha", "database.address_password"),
        ("postgresql://centre@localhost/fanzha?password=secret", "database.address_password"),
        ("postgresql://centre@db.city/fanzha?sslmode=require", "database.address_unsafe"),
        ("postgresql://centre@localhost/fanzha?hostaddr=10.1.2.3&sslmode=disable", "database.address_unsafe"),
        ("postgresql://centre@/fanzha?host=localhost,db.city&sslmode=prefer", "database.address_unsafe"),
    ],
)  # fmt: skip
def test_what_is_refused(text: str, code: str) -> None:
    with pytest.raises(UserInputError) as caught:
        server_address(text)
    assert caught.value.code == code
    assert "secret" not in str(caught.value)


def test_somebody_may_say_that_a_line_needs_no_tls() -> None:
    text = "postgresql+psycopg://centre@db.city/fanzha?sslmode=disable"
    assert server_address(text, unsafe=True).text == text

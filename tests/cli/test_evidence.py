"""Evidence from the command line: how it was obtained, as flags and as JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import make_station
from tests.cli.terminal import Terminal
from tests.support.clocks import HandClock
from tests.support.installations import OFFICER

OTHER = "Bai-yin-lu-2028"


@pytest.fixture
def station(clock: HandClock, quick_folder: Path) -> Terminal:
    return make_station(quick_folder / "station")[0]


@pytest.fixture
def case(station: Terminal) -> str:
    template = station.json("report", "template")
    number: str = station.json("report", "add", "-", typed=json.dumps(template))["number"]
    return number


def test_how_it_was_obtained_is_given_with_the_files_and_amended(
    station: Terminal, case: str, tmp_path: Path
) -> None:
    photo = tmp_path / "聊天.png"
    photo.write_bytes(b"chat")
    (added,) = station.json(
        "evidence", "add", case, photo, "--source", "李秀兰手机", "--method", "photographed",
        "--holder", "李秀兰", "--second", "620135", "--taken-at", "2026-11-24 10:13",
    )["items"]  # fmt: skip
    assert added["record"] == {
        "source": "李秀兰手机", "method": "photographed", "holder": "李秀兰", "second": "620135",
        "taken_at": "2026-11-24T02:13:00.000Z",
    }  # fmt: skip
    told = tmp_path / "record.json"
    told.write_text(json.dumps({"witness": "陈社区", "proves": ["transfer/1"]}), "utf-8")
    done = station.json("evidence", "record", case, added["id"], "--record", told, "--second", "")
    assert done == {"recorded": 1}
    (listed,) = station.json("evidence", "list", case)["items"]
    assert listed["record"] == {
        "source": "李秀兰手机", "method": "photographed", "holder": "李秀兰", "witness": "陈社区",
        "taken_at": "2026-11-24T02:13:00.000Z", "proves": ["transfer/1"],
    }  # fmt: skip
    assert station.json("evidence", "record", case, "--witness", "陈社区") == {"recorded": 0}


def enrol_second(station: Terminal, folder: Path) -> None:
    given = folder / "given"
    given.write_text(f"{OTHER}-given", "utf-8")
    words = ("add", "620135", "--name", "马晓燕", "--roles", "front_desk")
    station.json("officer", *words, "--new-password-file", given)


def choose_own(station: Terminal, folder: Path) -> None:
    """The second officer takes a password that the administrator does not know."""
    own = folder / "own"
    own.write_text(OTHER, "utf-8")
    who = ("--officer", "620135", "--password-file", str(folder / "given"))
    station.json(*who, "officer", "password", "--new-password-file", own)


def test_the_second_officer_confirms_with_a_password_of_their_own(
    station: Terminal, case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FANZHA_OFFICER", OFFICER)
    enrol_second(station, tmp_path)
    photo = tmp_path / "聊天.png"
    photo.write_bytes(b"chat")
    (added,) = station.json("evidence", "add", case, photo)["items"]
    words = ("evidence", "record", case, added["id"], "--second", "620135")
    given = tmp_path / "given"
    station.refused("password.initial", *words, "--second-password-file", given)
    choose_own(station, tmp_path)
    wrong = tmp_path / "wrong"
    wrong.write_text("Wrong-2026!", "utf-8")
    station.refused("password.wrong", *words, "--second-password-file", wrong)
    (listed,) = station.json("evidence", "list", case)["items"]
    assert "second" not in listed["record"]
    own = tmp_path / "own"
    assert station.json(*words, "--second-password-file", own) == {"recorded": 1}
    (listed,) = station.json("evidence", "list", case)["items"]
    assert listed["record"]["second"] == "620135"
    assert listed["record"]["seconded_at"]
    facts = station.json("evidence", "facts", case)["facts"]
    assert {row["standing"] for row in facts if row["fact"] == "two_officers"} == {"proved"}
    forged = tmp_path / "record.json"
    forged.write_text(json.dumps({"seconded_at": "2026-11-24T02:13:00.000Z"}), "utf-8")
    station.refused(
        "evidence.record_unreadable", "evidence", "record", case, added["id"], "--record", forged
    )


@pytest.mark.parametrize(
    "typed",
    [
        "[]",
        "nothing",
        '{"planet": "mars"}',
        '{"method": "magic"}',
        '{"taken_at": "noon"}',
        '{"source": 1}',
    ],
)
def test_what_can_not_be_read_is_refused(
    station: Terminal, case: str, tmp_path: Path, typed: str
) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(b"a")
    (added,) = station.json("evidence", "add", case, file)["items"]
    station.refused(
        "evidence.record_unreadable", "evidence", "record", case, added["id"], "--record", "-",
        typed=typed,
    )  # fmt: skip
    station.refused("evidence.unknown", "evidence", "record", case, "nowhere")


def test_seals_passings_and_md5(station: Terminal, case: str, tmp_path: Path) -> None:
    photo = tmp_path / "聊天.png"
    photo.write_bytes(b"chat")
    (added,) = station.json("evidence", "add", case, photo)["items"]
    made = station.json("evidence", "seal", case, "--number", "LZ-1", "--reason", "扣押")
    assert made["items"] == [added["id"]]
    station.refused("seal.already", "evidence", "seal", case, "--number", "2", "--reason", "x")
    opened = station.json("evidence", "unseal", case, "LZ-1", "--reason", "送检")
    assert opened == {"seal": made["seal"]}
    again = station.json("evidence", "seal", case, "--number", "LZ-2", "--reason", "再封")
    assert again["previous"] == made["seal"]
    passed = station.json("evidence", "pass", case, "--taker", "陈检察官", "--reason", "移送")
    assert (passed["taker"], passed["checked"]) == ("陈检察官", 1)
    station.refused(
        "custody.keeper_first", "evidence", "pass", case, "--taker", "张", "--reason", "x"
    )
    back = station.json("evidence", "take", case, "--reason", "退回补充")
    assert back["taker"] == OFFICER
    (row,) = station.json("evidence", "md5", case)["items"]
    assert row["md5"] == "aa8af3ebe14831a7cd1b6d1383a03755"
    station.refused("seal.unknown", "evidence", "unseal", case, "LZ-9", "--reason", "x")


def test_the_second_officer_confirms_seals_with_a_password_of_their_own(
    station: Terminal, case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FANZHA_OFFICER", OFFICER)
    enrol_second(station, tmp_path)
    own = tmp_path / "own"
    photo = tmp_path / "聊天.png"
    photo.write_bytes(b"chat")
    station.json("evidence", "add", case, photo)
    seal = ("evidence", "seal", case, "--number", "LZ-1", "--reason", "扣押", "--second", "620135")
    wrong = tmp_path / "wrong"
    wrong.write_text("Wrong-2026!", "utf-8")
    choose_own(station, tmp_path)
    station.refused("password.wrong", *seal, "--second-password-file", wrong)
    made = station.json(*seal, "--second-password-file", own)
    assert made["seconded_at"]
    unseal = ("evidence", "unseal", case, "LZ-1", "--reason", "送检", "--second", "620135")
    assert station.json(*unseal, "--second-password-file", own) == {"seal": made["seal"]}


def test_a_phone_is_filmed_by_a_list(station: Terminal, case: str, tmp_path: Path) -> None:
    for n in range(3):
        (tmp_path / f"IMG_{n}.jpg").write_bytes(bytes([n]))
    done = station.json("evidence", "film", case, tmp_path, "--map", "1,2", "--device", "华为 P60")
    assert [row["shot"] for row in done["items"]] == ["chat.phone", "chat.own", "chat.own"]
    assert "chat.profile" in done["missing"]
    station.refused("filming.all_known", "evidence", "film", case, tmp_path)
    (tmp_path / "IMG_4.jpg").write_bytes(b"new")
    station.refused("filming.map", "evidence", "film", case, tmp_path, "--map", "9")
    station.refused("filming.no_list", "evidence", "film", case, tmp_path, "--list", "moon")


def test_what_is_missing_and_what_is_due(
    station: Terminal, clock: HandClock, case: str, tmp_path: Path
) -> None:
    photo = tmp_path / "聊天.png"
    photo.write_bytes(b"chat")
    (added,) = station.json("evidence", "add", case, photo, "--second", "620135")["items"]
    found = station.json("evidence", "facts", case)
    assert found["done"] < found["needed"]
    states = {row["fact"]: row["standing"] for row in found["facts"] if row["about"]}
    assert states["two_officers"] == "missing", "a number that was typed is no proof"
    assert states["process"] == "missing"
    assert station.json("evidence", "due") == {"total": 0, "cases": []}
    clock.advance(days=8)
    due = station.json("evidence", "due", "--verify")
    assert (due["total"], due["ok"]) == (1, True)
    assert due["cases"][0]["items"] == [added["id"]]
    assert station.json("evidence", "due")["total"] == 0

"""The unit's own files by command: listed with what differs, approved with a test page, restored."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import pytest

from desktop.domain.time.clock import Clock
from desktop.runtime.files.resources import resource_path
from tests.cli.conftest import Place, make_station
from tests.cli.terminal import Terminal
from tests.documents.pdf_text import all_text

NAME = "stop_application"
SHIPPED = (resource_path("forms") / f"{NAME}.typ").read_text("utf-8")
OWN = SHIPPED + '\n#text("本所值班电话 0931")\n'


@pytest.fixture
def station(clock: Clock, quick_disk: Path, tmp_path: Path) -> Terminal:
    return make_station(tmp_path / "station")[0]


def test_a_template_is_listed_approved_with_a_test_page_and_restored(
    station: Terminal, tmp_path: Path
) -> None:
    file = station.profile / "forms" / f"{NAME}.typ"
    file.parent.mkdir()
    file.write_text(OWN, "utf-8")
    said = station.say("report", "list")  # any command says so, and works on
    assert (said.status, f"forms/{NAME}.typ" in said.err) == (0, True)
    rows = {
        row["file"]: row for row in json.loads(station.say("--json", "forms", "list").out)["files"]
    }
    assert rows["profile.toml"]["state"] == "bound"
    row = rows[f"forms/{NAME}.typ"]
    assert (row["state"], row["digest"]) == ("added", "")
    assert {"bound": None, "found": '#text("本所值班电话 0931")'} in row["lines"]

    page = tmp_path / "page.pdf"
    done = json.loads(station.say("--json", "forms", "approve", file, "--to", page).out)
    assert done == {
        "form": NAME,
        "digest": hashlib.sha256(OWN.encode()).hexdigest(),
        "file": f"forms/{NAME}.typ",
        "test_page": str(page),
    }
    assert "本所值班电话" in all_text(page.read_bytes())
    assert station.say("report", "list").err == ""

    file.unlink()
    restored = json.loads(station.say("--json", "forms", "restore").out)
    assert restored == {"restored": [f"forms/{NAME}.typ"]}
    assert file.read_text("utf-8") == OWN
    assert station.json("forms", "restore") == {"restored": []}
    file.unlink()
    gone = json.loads(station.say("--json", "forms", "approve", file, "--removed").out)
    assert (gone["digest"], gone["test_page"]) == ("", "")
    assert station.json("forms", "list")["files"] == [
        row for row in rows.values() if row["state"] == "bound"
    ]


def test_a_file_is_approved_by_the_name_the_list_shows(station: Terminal, tmp_path: Path) -> None:
    file = station.profile / "forms" / f"{NAME}.typ"
    file.parent.mkdir()
    file.write_text(OWN, "utf-8")
    named, page = f"forms/{NAME}.typ", tmp_path / "page.pdf"
    done = json.loads(station.say("--json", "forms", "approve", named, "--to", page).out)
    assert done["file"] == named


def test_a_file_from_a_stick_is_put_where_it_belongs(station: Terminal, tmp_path: Path) -> None:
    file = tmp_path / "phrases.toml"
    file.write_text('[acceptance_receipt]\ncontact = "值班室"\n', "utf-8")
    done = station.json("forms", "approve", file)
    assert (done["form"], done["file"]) == ("phrases", "forms/phrases.toml")
    assert Path(done["test_page"]).parent == tmp_path
    assert (station.profile / "forms" / "phrases.toml").read_bytes() == file.read_bytes()


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("profile.toml", "x = 1", "bound.not_approvable"),
        ("notes.txt", "x", "bound.unknown"),
        ("forms/stop_application.typ", "#x", "bound.unfit"),
        ("scripts/new.toml", "x", "bound.unfit"),
    ],
)
def test_what_can_not_be_approved_is_refused(
    station: Terminal, name: str, text: str, code: str
) -> None:
    file = station.profile / name
    sound = file.read_bytes() if file.exists() else None
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, "utf-8")
    said = station.say("--json", "forms", "approve", file)
    assert (said.status, json.loads(said.out)["error"]) == (1, code)
    if sound is not None:
        file.write_bytes(sound)


def test_an_edited_unit_code_registers_nothing_for_another_station(
    place: Place, clock: Clock
) -> None:
    file = place.station.profile / "profile.toml"
    text = file.read_text("utf-8")
    file.write_text(text.replace("620102540000", "620102990000"), "utf-8")
    said = place.station.say("--json", "report", "add", place.report)
    assert "profile.toml" in said.err
    assert json.loads(said.out)["number"].startswith("620102540000-")
    centre = place.centre.profile / "profile.toml"
    centre.write_text(centre.read_text("utf-8").replace('"centre"', '"desk"'), "utf-8")
    inbox = place.centre.say("--json", "centre", "inbox")
    assert (inbox.status, "profile.toml" in inbox.err) == (0, True)
    for terminal in (place.station, place.centre):
        terminal.say("forms", "restore")
        assert terminal.json("report", "list")["total"] in (0, 1)


def test_a_changed_original_is_compared_and_settled_place_by_place(
    station: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = f"forms/{NAME}.typ"
    file = tmp_path / f"{NAME}.typ"
    file.write_text(OWN, "utf-8")
    station.json("forms", "approve", file, "--to", tmp_path / "page.pdf")
    (same,) = station.json("forms", "compare")["files"]
    assert (same["file"], same["original"], same["places"]) == (path, "current", [])

    shipped = tmp_path / "shipped"
    shutil.copytree(resource_path("forms"), shipped)
    later = f"// {NAME}, later\n" + SHIPPED.replace("\n#", "\n// a line of a later version\n#", 1)
    (shipped / f"{NAME}.typ").write_text(later, "utf-8")
    monkeypatch.setattr(
        "desktop.app.typesetting.resource_path",
        lambda name: shipped if name == "forms" else resource_path(name),
    )
    (row,) = [row for row in station.json("forms", "list")["files"] if row["file"] == path]
    assert (row["state"], row["original"], row["open"]) == ("bound", "changed", 2)
    assert "fanzha forms compare" in station.say("forms", "list").out
    (found,) = station.json("forms", "compare", path)["files"]
    first, second = found["places"]
    assert (first["number"], first["then"], first["own"]) == (1, "", "")
    assert first["now"] == f"// {NAME}, later\n"
    assert second["both"] is False
    assert "a line of a later version" in station.say("forms", "compare").out

    station.refused("bound.place_unknown", "forms", "settle", path, "--take", "3")
    station.refused("bound.place_unknown", "forms", "settle", path, "--take", "1,x")
    page = tmp_path / "merged.pdf"
    done = station.json("forms", "settle", path, "--take", "2", "--to", page)
    assert (done["taken"], done["kept"], done["test_page"]) == (1, 1, str(page))
    assert "本所值班电话" in all_text(page.read_bytes())
    text = (station.profile / path).read_text("utf-8")
    assert ("a line of a later version" in text, "本所值班电话" in text) == (True, True)
    assert f"// {NAME}, later" not in text
    assert station.json("forms", "compare")["files"][0]["original"] == "current"
    back = station.json("forms", "back", path)
    assert back["digest"] == hashlib.sha256(OWN.encode()).hexdigest()
    assert station.json("forms", "settle", path, "--take", "all", "--to", page)["taken"] == 2
    station.refused("bound.no_earlier", "forms", "back", "phrases.toml")

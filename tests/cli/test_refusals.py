"""What commands refuse before anything is opened, and why no window can come up: each in words of both languages."""

from __future__ import annotations

import pytest

from desktop.app.qt import window_library
from desktop.cli.profile import show_commands
from desktop.cli.profile.show_commands import library_error, window_problem
from tests.cli.conftest import Place
from tests.cli.terminal import CODE, NAME, Terminal
from tests.support.ceremony import COLLEAGUE
from tests.ui.pages.errors import tells


def test_who_is_the_first_officer_must_be_said(place: Place) -> None:
    nowhere = Terminal(place.folder / "nobody")
    unit = ("--unit-code", CODE, "--unit-name", NAME, "--device", "A", "--name", "王建国")
    nowhere.refused("officer.not_given", "init", *unit)
    assert not nowhere.profile.exists()


def test_a_second_officer_is_named_with_a_password(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("FANZHA_SECOND_PASSWORD", raising=False)
    case = place.station.json("report", "add", place.report)["case"]
    words = ("order", "issue", case, "--kind", "stop", "--second", COLLEAGUE.number)
    place.station.refused("second.password_not_given", *words)


def test_replies_come_in_files_and_batches_have_numbers(place: Place) -> None:
    place.centre.refused("answers.no_file", "centre", "replies")
    place.centre.refused(
        "pack.unknown", "centre", "pack", "--again", "1124-C-P99", "--to", place.stick("packs")
    )


def test_a_measurement_nobody_knows(place: Place) -> None:
    place.station.refused("bench.unknown", "bench", "everything")
    place.station.refused("bench.no_cases", "bench", "--desk", place.folder / "made", "--cases", 0)


def test_a_page_for_figures_is_read_before_anything_is_measured(place: Place) -> None:
    missing = place.folder / "figures.md"
    place.station.refused("bench.report", "bench", "nothing", "--sizes", 1, "--report", missing)


def test_why_no_window_comes_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    problem = window_problem()
    assert problem is not None
    assert problem.code == "display.none"
    monkeypatch.setenv("DISPLAY", ":4099")
    monkeypatch.setattr(window_library, "unloadable_library", lambda *_: "")
    problem = window_problem()
    assert problem is not None
    assert problem.code == "display.silent"
    monkeypatch.setattr(show_commands, "package_of", {"libEGL.so.1": "libegl1"}.get)
    known, unknown = library_error("libEGL.so.1"), library_error("libsome.so.9")
    assert (known.code, known.params["package"]) == ("library.missing", "libegl1")
    assert unknown.code == "library.too_old"


def test_what_was_done_and_could_not_be_shown_says_so(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_context: object, _outcome: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("desktop.cli.main._print", full)
    said = place.station.say("trust", "list")
    assert said.status == 1
    assert tells(said.err.splitlines()[0], "output.unwritten")

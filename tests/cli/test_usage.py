"""What every command keeps to: passwords, profiles, languages, exit statuses, one document and nothing else."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.app.installation import Installation
from desktop.cli.explain import argument_name, arguments, branches, command_key, examples, walk
from desktop.cli.main import build_parser, globals_first
from desktop.domain.identifiers import KINDS
from desktop.domain.installation.officer import Role
from desktop.runtime.texts.catalogue import LANGUAGES, Catalogue
from tests.architecture.sources import ROOT, expect_none
from tests.cli.conftest import make_station
from tests.cli.terminal import CODE, NAME, Terminal, run
from tests.support.clocks import HandClock
from tests.support.installations import OFFICER, PASSWORD
from tests.support.texts import zh


@pytest.fixture
def station(clock: HandClock, quick_folder: Path) -> Terminal:
    return make_station(quick_folder / "station")[0]


_OPENING = """
import sys
from desktop.cli import main as program
from desktop.cli.profile import show_commands
def told(context, _commands):
    print(context.args.profile, "desktop.cli.commands" in sys.modules)
show_commands.open_window = told
program.main(sys.argv[1:])
"""


@pytest.mark.parametrize("words", [(), ("--profile", "p"), ("--profile=p", "--lang", "en")])
def test_the_window_does_not_wait_for_the_commands(words: tuple[str, ...]) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _OPENING, *words],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=True,
    )
    assert done.stdout.split() == ["p" if words else "None", "False"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_argument_takes_a_password_and_all_have_words(language: str) -> None:
    found = [parser for _, parser in walk(build_parser(Catalogue.load(language, strict=True)))]
    names = {
        name for parser in found for action in parser._actions for name in action.option_strings
    }
    secret = {name for name in names if "password" in name or "passphrase" in name}
    assert secret == {
        "--password-file", "--new-password-file", "--second-password-file", "--taker-password-file",
        "--giver-password-file",
    }  # fmt: skip
    for parser in found:
        assert parser.format_help()
        assert not parser.allow_abbrev


@pytest.mark.parametrize(
    "words",
    [
        ("--password", "x", "verify"), ("nonsense",), ("report",), ("report", "nonsense"),
        ("order", "issue", "c"), ("order", "issue", "c", "--kind", "robbery"), ("bundle", "export"),
        ("--lang", "fr", "verify"), ("init",), ("report", "list", "--limit", "many"),
    ],
)  # fmt: skip
def test_wrong_usage_exits_with_two(station: Terminal, words: tuple[str, ...]) -> None:
    said = station.say("--json", *words)
    assert (said.status, said.out) == (2, "")
    assert said.err


def test_wrong_usage_and_help_are_reported_in_the_chosen_language(clock: HandClock) -> None:
    for words in (("x",), ("init",), ("order", "issue", "c", "--kind"), ("order", "issue", "c", "--kind", "x"),
                  ("report", "list", "--limit", "many"), ("recover", "--code", "1", "--answer", "f"),
                  ("recover",), ("verify", "more"), ("--json=1", "verify"), ("read", "--help"),
                  ("bundle", "verify")):  # fmt: skip
        said = run("--lang", "zh_CN", *words)
        told = f"{said.out}{said.err}".lower()
        for english in ("usage", "error", "argument", "option", "require", "invalid", "show"):
            assert english not in told, words
        assert zh("cli.usage.usage") in told
    english = run("--lang", "en", "init").err
    assert english.startswith("usage: ")
    assert "the following arguments are required: --unit-code" in english


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_help_has_a_sentence_an_example_and_words_for_each_argument(language: str) -> None:
    texts = Catalogue.load(language, strict=True)
    told: set[str] = set()
    lacking = []
    for path, parser in walk(build_parser(texts)):
        key = command_key(path)
        told |= {f"cli_about.{key}", f"cli_examples.{key}"}
        if path and f"cli_about.{key}" not in texts:
            lacking.append(f"cli_about.toml: {key}")
        if not examples(path, parser, texts):
            lacking.append(f"cli_examples.toml: {key}")
        for argument in arguments(parser):
            name = argument_name(argument)
            told |= {f"cli_options.{key}.{name}", f"cli_options.any.{name}"}
            if not argument.help:
                lacking.append(f"cli_options.toml: {key} {name}")
    expect_none(lacking)
    areas = ("cli_about.", "cli_examples.", "cli_options.")
    known = texts.keys()
    kept = {key for key in known if key.startswith(areas)}
    expect_none(sorted(kept - told))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_example_is_taken_by_its_parser(language: str) -> None:
    """What a shell would do with it (``<``, ``>``) is left to the shell."""
    texts = Catalogue.load(language, strict=True)
    parser = build_parser(texts)
    for path, command in walk(parser):
        for line in examples(path, command, texts):
            program, *typed = shlex.split(line.partition(" <")[0].partition(" >")[0])
            taken = parser.parse_args(globals_first(typed, parser))
            assert program == "fanzha"
            assert branches(command) or taken.run is command.get_default("run"), line


def test_global_options_count_wherever_they_stand(
    station: Terminal, quick_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = quick_folder / "secret"
    secret.write_text(PASSWORD, "utf-8")
    monkeypatch.delenv("FANZHA_PASSWORD")
    given = (("--profile", station.profile), (f"--officer={OFFICER}",), ("--json",), ("--lang", "en"),
             ("--password-file", secret))  # fmt: skip
    command = ("report", "list", "--limit", "3")
    for place in (0, 1, 2, 4):
        for option in given:
            others = [word for other in given if other != option for word in other]
            said = run(*others, *command[:place], *option, *command[place:])
            assert (said.status, said.err) == (0, ""), (place, option)
            assert said.document == {"cases": [], "total": 0}


def test_an_option_of_the_command_goes_before_a_global_one_of_its_name() -> None:
    parser = build_parser(Catalogue.load("en", strict=True))
    typed = ["--officer", "1", "centre", "init", "--officer", "2", "--json", "--", "--lang"]
    assert globals_first(typed, parser) == ["--json", *typed[:6], "--", "--lang"]


def test_init_says_who_we_are(clock: HandClock, quick_folder: Path) -> None:
    terminal, made = make_station(quick_folder / "s")
    assert set(made) >= {"device", "fingerprint", "recovery_code"}
    assert made["fingerprint"].replace("-", "") == made["device"]
    assert terminal.json("verify")["ok"] is True
    terminal.refused(
        "profile.exists", "init", "--unit-code", CODE, "--unit-name", NAME, "--device", "A",
        "--officer", OFFICER, "--name", "x",
    )  # fmt: skip


BAD_ANSWERS = {
    "unit.code": {"--unit-code": "6201"},
    "unit.name": {"--unit-name": " "},
    "unit.letter": {"--device": "AB"},
    "officer.number": {"--officer": "六二零"},
    "officer.name": {"--name": " "},
    "officer.roles": {"--roles": "king"},
    "password.too_short": {},
}


@pytest.mark.parametrize("code", BAD_ANSWERS)
def test_init_refuses_bad_answers_and_can_be_repeated(
    clock: HandClock, quick_folder: Path, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal = Terminal(quick_folder / "s")
    answers = {"--unit-code": CODE, "--unit-name": NAME, "--device": "A", "--officer": OFFICER,
               "--name": "王建国"}  # fmt: skip
    wrong = [word for pair in (answers | BAD_ANSWERS[code]).items() for word in pair]
    with monkeypatch.context() as patch:
        if code.startswith("password"):
            patch.setenv("FANZHA_PASSWORD", "x")
        terminal.refused(code, "init", *wrong)
    right = [word for pair in answers.items() for word in pair]
    assert terminal.json("init", *right)["device"]


def test_roles_are_kept_apart(clock: HandClock, quick_folder: Path) -> None:
    """With separate roles an administrator reads no case."""
    terminal = Terminal(quick_folder / "s")
    terminal.json(
        "init", "--unit-code", CODE, "--unit-name", NAME, "--device", "A", "--officer", OFFICER,
        "--name", "王建国", "--roles", Role.ADMINISTRATOR,
    )  # fmt: skip
    for words in (("report", "list"), ("report", "show", "x"), ("order", "list"),
                  ("evidence", "list", "x"), ("report", "add", "-")):  # fmt: skip
        terminal.refused("rights.missing", *words, typed='{"victim": {"name": "x"}}')
    assert terminal.json("trust", "list") == {"parties": [], "revoked_unmet": []}


def test_the_password_comes_from_a_file_or_the_environment(
    station: Terminal, quick_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = quick_folder / "secret"
    secret.write_text(f"{PASSWORD}\nmore\n", "utf-8-sig")  # as Notepad writes it
    monkeypatch.delenv("FANZHA_PASSWORD")
    station.refused("password.not_given", "verify")
    assert station.say("--password-file", secret, "verify").status == 0
    said = station.say("--json", "--password-file", quick_folder / "missing", "verify")
    assert said.document["error"] == "password.file_unreadable"
    secret.write_text("", "utf-8")
    said = station.say("--json", "--password-file", secret, "verify")
    assert said.document["error"] == "password.file_unreadable"


def test_wrong_passwords_lock_and_time_unlocks(
    station: Terminal, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries = []
    with monkeypatch.context() as patch:
        patch.setenv("FANZHA_PASSWORD", "wrong")
        for _ in range(10):
            said = station.say("--json", "verify")
            assert said.status == 1
            tries.append(said.document["error"])
    assert tries[0] == "password.wrong"
    assert tries[-1] == "password.locked"
    assert tries == sorted(tries, reverse=True), "first wrong, then locked"
    station.refused("password.locked", "verify")
    clock.advance(days=1)
    assert station.json("verify")["ok"] is True


def test_the_profile_and_the_officer_may_come_from_the_environment(
    station: Terminal, quick_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FANZHA_PROFILE", str(station.profile))
    assert run("--json", "verify").document == {"ok": True, "problems": [], "overreach": []}
    assert run("--json", "--officer", OFFICER, "verify").status == 0
    monkeypatch.setenv("FANZHA_OFFICER", "999999")
    assert run("--json", "verify").document["error"] == "officer.unknown"
    monkeypatch.setenv("FANZHA_PROFILE", str(quick_folder / "nowhere"))
    assert run("--json", "verify").document["error"] == "profile.missing"
    monkeypatch.delenv("FANZHA_OFFICER")
    assert run("--json", "verify").document["error"] == "profile.missing"


def test_languages(station: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    chinese, english = station.say("verify"), station.say("verify", lang="en")
    assert (chinese.status, english.status) == (0, 0)
    assert chinese.out != english.out
    assert english.out.isascii()
    monkeypatch.setenv("FANZHA_LANG", "en")
    assert station.say("verify") == english
    helps = {station.say("--help", lang=language).out for language in LANGUAGES}
    assert len(helps) == 2


def test_recovering_with_the_printed_code(
    clock: HandClock, quick_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal, made = make_station(quick_folder / "s")
    words = ("recover", "--code", made["recovery_code"])
    terminal.refused("password.new_not_given", *words)
    new = quick_folder / "new"
    new.write_text("Bai-yin-lu-2027\n", "utf-8")
    monkeypatch.delenv("FANZHA_PASSWORD")
    done = terminal.json(*words, "--new-password-file", new)
    assert done == {"ok": True, "officer": OFFICER}
    monkeypatch.setenv("FANZHA_PASSWORD", PASSWORD)
    terminal.refused("password.wrong", "verify")
    monkeypatch.setenv("FANZHA_PASSWORD", "Bai-yin-lu-2027")
    assert terminal.json("verify")["ok"] is True
    monkeypatch.setenv("FANZHA_NEW_PASSWORD", "Bai-yin-lu-2028")
    terminal.refused("recovery.mistyped", "recover", "--code", made["recovery_code"][:-1] + "?")
    assert terminal.json("recover", "--code", "-", typed=f"{made['recovery_code']}\n")["ok"] is True


def test_checking_identifiers_needs_no_profile(clock: HandClock, quick_folder: Path) -> None:
    nowhere = Terminal(quick_folder / "nowhere")
    found = nowhere.json("check", "resident_id", "11010519491231002X")
    assert set(found) == {"kind", "value", "normal", "valid", "problems", "facts"}
    assert found["valid"] is True
    for kind in KINDS:
        assert nowhere.json("check", kind, "x")["valid"] in {True, False, "warn"}
    lines = "mobile\t13919364417\n\nqq\t0\nwechat\t小明\n"
    results = nowhere.json("check", "-", typed=lines)["results"]
    assert [row["valid"] for row in results] == [True, False, False]
    assert nowhere.json("check", "-", typed="") == {"results": []}
    nowhere.refused("identifier.kind", "check", "shoe", "43")
    nowhere.refused("check.arguments", "check", "mobile", status=2)
    nowhere.refused("check.line", "check", "-", typed="mobile 13919364417")
    assert not nowhere.profile.exists()


@pytest.mark.parametrize("typed", ["", "{", "[1,", "\ufeff{}x", "NaN NaN", "[" * 100_000])
def test_what_is_no_json_is_refused(station: Terminal, typed: str) -> None:
    station.refused("file.not_json", "report", "add", "-", typed=typed)


@pytest.mark.parametrize("typed", ["NaN", "1e999", "5", '"x"', "null", "[[]]", "[null, 3]"])
def test_json_that_is_no_report_is_refused(station: Terminal, typed: str) -> None:
    said = station.say("--json", "report", "add", "-", typed=typed)
    assert said.status == 1
    assert said.document["error"] in {"report.malformed", "report.empty"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_standard_input_is_read_in_whatever_encoding_it_has(
    clock: HandClock, encoding: str
) -> None:
    typed = "mobile\t13919364417\nwechat\t李小雯\n".encode(encoding)
    said = run("--json", "check", "-", typed=typed)
    assert [item["value"] for item in said.document["results"]] == ["13919364417", "李小雯"]


def test_what_is_no_text_is_refused(station: Terminal) -> None:
    station.refused("standard_input.unreadable", "suggest", typed=b"\x81\xff\x00")


def test_a_folder_without_a_profile_is_called_that(clock: HandClock, quick_folder: Path) -> None:
    """Nothing lies there encrypted, and nobody need look for a key file."""
    nobody = Terminal(quick_folder / "nothing")
    nobody.refused("profile.missing", "report", "list")
    nobody.refused("profile.missing", "recover", "--code", "0")
    assert not nobody.profile.exists()


def test_a_folder_without_a_bundle_is_called_that(station: Terminal, quick_folder: Path) -> None:
    for words, status in ((("bundle", "verify"), 1), (("bundle", "apply"), 0)):
        said = station.say(*words, quick_folder)
        assert (said.status, said.out) == (status, "所选位置没有包。\n")


def test_an_open_desk_keeps_commands_out(station: Terminal) -> None:
    window = Installation(station.profile)
    window.sign_in(OFFICER, PASSWORD)
    station.refused("profile.in_use", "verify")
    window.close()
    assert station.json("verify")["ok"] is True


def test_a_clock_that_was_set_back_is_reported(station: Terminal, clock: HandClock) -> None:
    now = clock.instant
    station.json("report", "list")
    clock.advance(days=-10)
    said = station.say("--json", "report", "list")
    assert said.status == 0
    assert said.document == {"cases": [], "total": 0}
    assert "2026" in said.err
    assert len(said.err.splitlines()) == 3
    clock.instant = now


def test_a_process_of_its_own_speaks_utf8_and_exits_with_its_status(station: Terminal) -> None:
    """The one test here that starts one: the entry point itself, with streams that know ASCII alone."""
    command = [sys.executable, "-m", "desktop", "--profile", str(station.profile)]
    env = {**os.environ, "PYTHONIOENCODING": "ascii"}
    for words, status in ((["--json", "verify"], 0), (["report", "show", "x"], 1), (["x"], 2)):
        done = subprocess.run(
            [*command, *words], cwd=ROOT, env=env, capture_output=True, check=False
        )
        assert done.returncode == status, done.stderr
        done.stderr.decode("utf-8")
        if status == 0:
            assert json.loads(done.stdout) == {"ok": True, "problems": [], "overreach": []}


@pytest.mark.parametrize("words", [("verify",), ("--json", "check", "nonsense", "1")])
def test_whoever_stops_reading_gets_no_complaint(station: Terminal, words: tuple[str, ...]) -> None:
    """Not of us: what the command itself has to say comes all the same."""
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "desktop", "--profile", str(station.profile), *words]
    done = subprocess.run(command, cwd=ROOT, stdout=writing, stderr=subprocess.PIPE, check=False)
    os.close(writing)
    said = done.stderr.decode()
    assert (done.returncode, len(said.splitlines())) == (1, 3 if "--json" in words else 0), said


def test_who_shut_our_output_gets_the_work_done_all_the_same(station: Terminal) -> None:
    done = subprocess.run(
        ["sh", "-c", 'exec "$0" -m desktop check qq 10001 >&- 2>&-', sys.executable],
        cwd=ROOT,
        check=False,
    )
    assert done.returncode == 0


def test_what_nobody_foresaw_is_reported_without_what_was_typed(
    station: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("李秀兰 620102196804152044")

    monkeypatch.setattr("desktop.cli.profile.health_commands.check_health", broken)
    said = station.say("--json", "verify")
    assert (said.status, said.document["error"]) == (1, "unexpected")
    number, kind = said.err.split()[:2]
    assert kind == "ZeroDivisionError"
    assert number in said.document["what"]
    assert "李秀兰" not in said.err + said.out
    assert "620102196804152044" not in said.err + said.out


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is always a screen")
def test_without_a_screen_no_window_opens(
    station: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    said = station.say()
    assert (said.status, said.out) == (1, "")
    assert "headless" in said.err

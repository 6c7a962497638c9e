"""Every command of the books is run as it stands there, in the order it stands there."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from argparse import ArgumentParser
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest

from desktop.cli.main import build_parser, globals_first
from desktop.runtime.texts.catalogue import LANGUAGES, Catalogue
from tests.architecture.sources import ROOT
from tests.manual.fences import MANUAL, Fence, fences
from tests.manual.resident import resident
from tests.support.strict import all_of

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="commands of a shell")

BOOKS = sorted(path.name for path in (MANUAL / "zh_CN").glob("*.md"))
_PASSWORD = "Fan-zha-2026-96110"

BEFORE = {
    "20-station-it.md": [
        ("centre", f"export FANZHA_PASSWORD={_PASSWORD}"),
        ("centre", "fanzha centre init --officer 620001 --name 李静"),
    ],
    "30-centre.md": [
        ("station", f"export FANZHA_PASSWORD={_PASSWORD}"),
        (
            "station",
            "fanzha init --unit-code 620102540000 --unit-name 张掖路派出所 --device A --officer 620134 --name 王建国",
        ),
        ("station", "fanzha trust card --to /media/usb/station-A.card"),
        ("station", "fanzha report template | fanzha report add -"),
        ("station", "fanzha order issue $(fanzha report list | cut -d' ' -f1) --kind stop"),
        ("station", "fanzha report template | fanzha report add -"),
    ],
}
"""What a reader of the book has already, by whose PC."""


class Shelf:
    """PCs that share a stick. A PC keeps its folder and variables from one fence to the next, as one shell does."""

    def __init__(self, root: Path, program: Path) -> None:
        self._root = root
        self._stick = root / "stick"
        self._stick.mkdir()
        kept = {name: value for name, value in os.environ.items() if not name.startswith("FANZHA_")}
        self._environment = {
            **kept,
            "PATH": f"{program.parent}:{os.environ['PATH']}",
            "PYTHONPATH": str(ROOT),
            "FANZHA_STRICT_TEXTS": "1",
        }

    def paste(self, place: str, text: str) -> subprocess.CompletedProcess[str]:
        """Into a shell at ``place``, which ends at the first command that fails."""
        home = self._root / (place or "own")
        home.mkdir(exist_ok=True)
        state = home / ".shell"
        before = state.read_text("utf-8") if state.exists() else f"cd {shlex.quote(str(home))}\n"
        after = f'{{ export -p; umask -p; echo "cd \\"$PWD\\""; }} > {shlex.quote(str(state))}\n'
        pasted = text.replace("/media/usb", str(self._stick))
        environment = {
            **self._environment,
            "HOME": str(home),
            "XDG_DATA_HOME": str(home / ".local/share"),
        }
        return subprocess.run(
            ["bash", "-ec", f"set -a\n{before}\n{pasted}\n{after}"],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )


def run_all(shelf: Shelf, before: Iterable[tuple[str, str]], found: Iterable[Fence]) -> None:
    for place, text in before:
        done = shelf.paste(place, text)
        assert done.returncode == 0, (text, done.stderr)
    for fence in found:
        done = shelf.paste(fence.place, fence.text)
        wanted = {0, 1} if "any" in fence.marks else {0}
        assert done.returncode in wanted, (fence.line, fence.text, done.stdout, done.stderr)


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    with resident(tmp_path_factory.mktemp("resident")) as script:
        yield script


@pytest.mark.timeout(600)
@pytest.mark.parametrize("book", BOOKS)
def test_commands_work_as_pasted(book: str, program: Path, quick_folder: Path) -> None:
    found = [fence for fence in fences(MANUAL / "zh_CN" / book) if fence.runs]
    run_all(Shelf(quick_folder, program), BEFORE.get(book, []), found)


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_the_self_test_of_the_books_works(program: Path, tmp_path: Path) -> None:
    for book in BOOKS:
        found = [fence for fence in fences(MANUAL / "zh_CN" / book) if "slow" in fence.marks]
        (tmp_path / book).mkdir()
        run_all(Shelf(tmp_path / book, program), [], found)


@cache
def _parser() -> ArgumentParser:
    return build_parser(Catalogue.load("en", strict=True))


@pytest.mark.parametrize("book", BOOKS)
def test_a_command_that_is_not_run_is_taken_by_its_parser(book: str) -> None:
    parser = _parser()
    for fence in fences(MANUAL / "zh_CN" / book):
        done = subprocess.run(
            ["bash", "-n"], input=fence.text, text=True, capture_output=True, check=False
        )
        assert done.returncode == 0, done.stderr
        for line in fence.text.splitlines():
            words = shlex.split(line.split(" >")[0])
            if words[:1] == ["fanzha"]:
                assert parser.parse_args(globals_first(words[1:], parser)).run, line


@pytest.mark.parametrize("book", BOOKS)
def test_both_languages_have_the_same_commands(book: str) -> None:
    first, *others = (
        [(fence.text, fence.marks) for fence in fences(MANUAL / language / book)]
        for language in LANGUAGES
    )
    assert all_of(other == first for other in others)

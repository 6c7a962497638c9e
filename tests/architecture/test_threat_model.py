"""What the threat model names exists: paths, and commands as their parser takes them."""

from __future__ import annotations

import re
import shlex
from typing import Final

from desktop.cli.explain import walk
from desktop.cli.main import build_parser, speak
from desktop.runtime.texts.catalogue import Catalogue
from tests.architecture.sources import ROOT, expect_none

TEXT: Final = (ROOT / "docs" / "threat-model.md").read_text("utf-8")
TICKS: Final = re.compile(r"`([^`]+)`")
PATH: Final = re.compile(r"(desktop|tests|resources|packaging|docs)/[\w./-]*")
ROWS: Final = 15
"""Requirements of GB/T 22239-2019 8.1.4 that are answered one by one."""
STATES: Final = frozenset({"met", "met in part", "procedural", "absent"})


def named() -> list[str]:
    return TICKS.findall(TEXT)


def test_every_path_it_names_exists() -> None:
    paths = [word for word in named() if PATH.fullmatch(word)]
    assert len(paths) > 25
    expect_none(path for path in paths if not (ROOT / path).exists())


def test_every_command_it_names_is_one() -> None:
    texts = Catalogue.load("en")
    speak(texts)
    known = {path for path, _ in walk(build_parser(texts))}
    commands = [word for word in named() if word.startswith("fanzha ")]
    assert len(commands) > 5
    for command in commands:
        typed = [word for word in shlex.split(command)[1:] if not word.startswith("-")]
        assert " ".join(typed) in known, command


def test_every_requirement_is_answered_with_its_state() -> None:
    table = TEXT.partition("## 10 ")[2].partition("## 11 ")[0]
    rows = [line.split(" | ") for line in table.splitlines() if line.startswith("| ")][1:]
    assert len(rows) == ROWS
    expect_none(row[0] for row in rows if row[1] not in STATES)


def test_it_begins_with_a_summary_in_chinese_and_leaves_nothing_open() -> None:
    assert "摘要：" in TEXT.split("\n## ")[0]
    assert not re.search(r"@@|TODO", TEXT)

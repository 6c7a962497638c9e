"""Every error code is provoked by a test.

A test counts that names the code, by itself or as the pattern of what is raised, or by its member of an enumeration.
What none names yet stands in a list that may only get shorter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from tests.architecture.sources import ROOT
from tests.architecture.test_texts import DEFAULT

CODES = {key.split(".", 1)[1].rpartition(".")[0] for key in DEFAULT if key.startswith("errors.")}
SPELLED = re.compile(r'"\^?([a-z_]+(?:\\?\.[a-z_]+)*)\$?"')
"""A code between quotes, or the pattern of one."""
MEMBER = re.compile(r"\b[A-Z][A-Za-z]+\.[A-Z][A-Z_]+\b")


def sources() -> Iterator[str]:
    """What all tests but those of the architecture say."""
    for path in sorted((ROOT / "tests").rglob("*.py")):
        if path.parent.name != "architecture":
            yield path.read_text("utf-8")


def members() -> Iterator[tuple[str, str]]:
    """(``Class.MEMBER``, code) of enumerations whose values are codes."""
    for path in (ROOT / "desktop").rglob("*.py"):
        owner = ""
        for line in path.read_text("utf-8").splitlines():
            if line.startswith("class "):
                owner = re.split(r"\W", line.removeprefix("class "))[0]
            found = re.fullmatch(r'    ([A-Z_]+) = "([a-z_.]+)"', line)
            if found is not None and found[2] in CODES:
                yield f"{owner}.{found[1]}", found[2]


@cache
def named() -> frozenset[str]:
    """The codes that tests name."""
    said: set[str] = set()
    asked: set[str] = set()
    for source in sources():
        said.update(code.replace("\\", "") for code in SPELLED.findall(source))
        asked.update(MEMBER.findall(source))
    return frozenset(said | {code for member, code in members() if member in asked})


def test_every_error_code_is_provoked_by_a_test() -> None:
    assert sorted(CODES - named()) == [], "write a test that provokes it"


def test_a_code_is_found_by_itself_in_a_pattern_and_by_its_member() -> None:
    found = {code.replace("\\", "") for code in SPELLED.findall(r'("a.b", match=r"^c\.d_e$")')}
    assert found == {"a.b", "c.d_e"}
    assert ("AuthorityRule.OTHER_UNIT", "authority.other_unit") in set(members())
    assert "authority.other_unit" in named()
    assert "order.nobody_wrote_this" not in named()

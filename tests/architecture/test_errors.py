"""Every error code is provoked by a test, and a test that provokes one says which.

A test counts that names the code, by itself or as the pattern of what is raised, or by its member of an enumeration.
What none names yet stands in a list that may only get shorter.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache

import pytest

from tests.architecture.sources import ERRORS, ROOT, called_name, expect_none, modules
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


def any_error_accepted(tree: ast.Module) -> Iterator[int]:
    """The lines where a kind of error is expected whose code no pattern and nothing after it looks at."""
    for function in ast.walk(tree):
        if not isinstance(function, ast.FunctionDef):
            continue
        looked_at = {
            ast.unparse(node.value)
            for node in ast.walk(function)
            if isinstance(node, ast.Attribute)
        } | {
            ast.unparse(argument)
            for node in ast.walk(function)
            if isinstance(node, ast.Call)
            for argument in node.args
        }
        for node in ast.walk(function):
            for item in node.items if isinstance(node, ast.With) else ():
                call, name = item.context_expr, item.optional_vars
                if not isinstance(call, ast.Call) or called_name(call) != "raises" or call.keywords:
                    continue
                expected = {
                    part.id for part in ast.walk(call.args[0]) if isinstance(part, ast.Name)
                }
                if expected & ERRORS and (name is None or ast.unparse(name) not in looked_at):
                    yield call.lineno


def test_a_test_says_which_error_it_expects() -> None:
    """Else any fault before the one that is meant would pass for it."""
    found = [
        f"{module.name}:{line}: match its code"
        for module in modules("tests")
        if "raises(" in module.text
        for line in any_error_accepted(module.tree)
    ]
    expect_none(found)


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("pytest.raises(WorldError)", [2]),
        ("pytest.raises((KeyError, RuleError))", [2]),
        ("pytest.raises(WorldError) as caught", [2]),
        ("pytest.raises(KeyError)", []),
        ('pytest.raises(WorldError) as caught, put("disk.full", caught.value)', []),
        ('pytest.raises(WorldError, match=r"^disk\\.full$")', []),
    ],
)
def test_an_error_that_nobody_looks_at_is_seen(source: str, lines: list[int]) -> None:
    tree = ast.parse(f"def test():\n    with {source}:\n        work()")
    assert list(any_error_accepted(tree)) == lines

"""Faults for the trial of the tests: where they are put, that they can be read, and that a seed draws the same ones."""

from __future__ import annotations

import ast

import pytest

from tests.architecture.sources import ROOT
from tests.packaging.scripts import load_script

mutants = load_script("mutants")


def changes(source: str) -> list[tuple[str, str]]:
    found = mutants.mutants("desktop/x.py", source.encode())
    for mutant in found:
        ast.parse(mutant.applied(source.encode()))
    return [(mutant.before, mutant.after) for mutant in found]


@pytest.mark.parametrize(
    ("source", "made"),
    [
        ("x = a < b <= c\n", [("<", "<="), ("<=", "<")]),
        ("x = a is not None\n", [("is not", "is")]),
        ("x = (a)  not in  (b)\n", [("not in", "in")]),
        ("x = a and b and c\n", [("and", "or"), ("and", "or")]),
        ("x = a - '元' * 2\n", [("-", "+"), ("*", "//"), ("2", "3")]),
        ("if a:\n    b()\n", [("a", "not (a)"), ("b()", "pass")]),
        ("x = 1 if a else True\n", [("1", "2"), ("a", "not (a)"), ("True", "False")]),
        ("x = [a for a in b if a]\n", [("a", "not (a)")]),
        ("def f() -> int:\n    return a\n", [("return a", "return None")]),
        ("def f():\n    return\n", []),
        ("def f():\n    return None\n", []),
        ('"""Words."""\n@frozen(slots=True)\nclass A:\n    """Words."""\n    a: Literal[1]\n', []),
        ("x = f'{a + 1}'\n", []),
        ("_log.info('x')\n", []),
        ("x = (a  # not < here\n < b)\n", []),
    ],
)
def test_each_fault_stands_in_its_place(source: str, made: list[tuple[str, str]]) -> None:
    assert changes(source) == made


def test_a_button_left_out_of_its_row_is_such_a_fault() -> None:
    found = mutants.of_package(ROOT, "ui/intake")
    assert any(mutant.before == "row.addWidget(self._stop)" for mutant in found)


def test_a_seed_draws_the_same_ones() -> None:
    every = mutants.of_package(ROOT, "sealing")
    drawn = mutants.sample(every, 20, 7)
    assert drawn == mutants.sample(reversed(every), 20, 7)
    assert len(set(drawn)) == 20
    assert drawn != mutants.sample(every, 20, 8)
    assert mutants.sample(every[:3], 20, 7) == every[:3]


def test_a_fault_says_where_it_is_and_what_it_changes() -> None:
    (mutant,) = mutants.mutants("desktop/x.py", b"\n\nx = a <  b\n")
    assert str(mutant) == "desktop/x.py:3  <  ->  <="


def test_a_fault_is_tried_by_the_tests_that_reach_its_line_its_own_and_the_quickest_first() -> None:
    mutate = load_script("mutate")
    near, far = "tests/domain/test_a.py::test_b", "tests/ui/test_c.py::test_d"
    file = ROOT / "desktop" / "domain" / "x.py"

    class Reached:
        def contexts_by_lineno(self, name: str) -> dict[int, list[str]]:
            if name != str(file):
                return {1: [""]}
            return {1: [""], 2: ["", "slow", "quick", near, "broken"], 3: ["quick"]}

    seconds = {"slow": 9.0, "quick": 0.5, near: 3.0, far: 0.1}
    found = mutate.Map(Reached(), seconds, frozenset({"broken"}))
    assert found.tests_of(file, 2) == [[near], ["quick", "slow"]]
    assert found.tests_of(file, 3) == [["quick"]]
    assert found.tests_of(file, 1) == [[near], ["quick", "slow"]], "run when the module is loaded"
    assert found.limit(["slow", "quick"]) > 5 * 9.5
    data = ROOT / "desktop" / "domain" / "orders" / "kinds.py"
    assert found.tests_of(data, 1) == [[near]], "nothing of it runs but when it is loaded"

"""A test that is not about the words compares them by their key (``zh`` of ``tests/support/texts.py``): whoever mends a
wording changes the catalogue alone.

Papers, readers and input are data and say what they say. What else compares a text of the catalogue letter by letter
stands here with how often, which may only get smaller; words that only happen to be a text of the catalogue stay.
"""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator

import pytest

from desktop.runtime.texts.catalogue import LANGUAGES, Catalogue
from tests.architecture.sources import expect_no_more, modules

CHINESE = re.compile(r"[\u3400-\u9fff]")
DATA = (
    "tests/documents/",
    "tests/readers/",
    "tests/golden/",
    "tests/packaging/",
    "tests/architecture/",
)
NAMES = ("identifiers.", "documents.", "rules.", "cli_options.")
"""Texts of banks, papers and articles, which tests have as data."""
ALLOWED = {
    "tests/app/test_clock_watch.py": 1,
    "tests/app/test_two_officers.py": 1,
    "tests/centre/test_dispatch_batches.py": 1,
    "tests/cli/test_database.py": 1,
    "tests/cli/test_extraction.py": 1,
    "tests/cli/test_packages_and_clocks.py": 1,
    "tests/domain/case_file/test_dispatch_batch.py": 1,
    "tests/services/test_custody.py": 1,
    "tests/services/test_directory_packages.py": 1,
    "tests/services/test_duty_phone.py": 1,
    "tests/services/test_install_package.py": 1,
    "tests/services/test_refund_shares.py": 1,
    "tests/services/test_statement_facts.py": 1,
    "tests/services/test_tasks.py": 1,
    "tests/ui/case/test_field_history.py": 1,
    "tests/ui/case/test_interview_strip.py": 1,
    "tests/ui/case/test_real_case.py": 1,
    "tests/ui/case/test_supplement.py": 1,
    "tests/ui/centre/test_batches.py": 1,
    "tests/ui/centre/test_scan_window.py": 1,
    "tests/ui/evidence/test_contents.py": 1,
    "tests/ui/extraction/test_columns.py": 2,
    "tests/ui/extraction/test_statement.py": 3,
    "tests/ui/intake/test_visits.py": 1,
    "tests/ui/shared/test_file_chooser.py": 1,
    "tests/ui/shared/test_translator.py": 3,
    "tests/ui/sign_in/test_sign_in.py": 1,
    "tests/ui/sync/test_with_centre.py": 1,
}
"""File → how many times."""


def texts() -> frozenset[str]:
    """The texts that a window or command shows as they stand."""
    catalogue = Catalogue.load(LANGUAGES[0])
    found = (
        catalogue.template(key) for key in sorted(catalogue.keys()) if not key.startswith(NAMES)
    )
    return frozenset(text for text in found if CHINESE.search(text) and "{" not in text)


def compared(tree: ast.AST) -> Iterator[str]:
    """The literals that assertions compare with, alone or in a row."""
    for assertion in ast.walk(tree):
        if not isinstance(assertion, ast.Assert):
            continue
        for node in ast.walk(assertion.test):
            for side in (node.left, *node.comparators) if isinstance(node, ast.Compare) else ():
                row = side.elts if isinstance(side, ast.List | ast.Tuple | ast.Set) else (side,)
                for one in row:
                    if isinstance(one, ast.Constant) and isinstance(one.value, str):
                        yield one.value


def test_texts_of_the_catalogue_are_compared_by_their_keys() -> None:
    known = texts()
    times = Counter(
        module.name
        for module in modules("tests")
        if not module.name.startswith(DATA)
        for text in compared(module.tree)
        if text in known
    )
    expect_no_more(times, ALLOWED, "compare by the key")


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('assert page.text("a") == "取消"', ["取消"]),
        ('assert page.column(0) == ["取消", zh("shared.save")]', ["取消"]),
        ('assert "取消" in words and shown', ["取消"]),
        ('assert page.text("取消") == zh("shared.cancel")', []),
        ('page.fill("取消")', []),
    ],
)
def test_a_literal_that_is_compared_is_seen(source: str, found: list[str]) -> None:
    assert list(compared(ast.parse(source))) == found


def test_a_text_with_places_to_fill_is_no_literal() -> None:
    known = texts()
    assert {"取消", "已下达"} <= known
    assert not any("{" in text for text in known)

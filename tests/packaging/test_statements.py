"""Every row of the invented statements is read right, whatever stands between; the plainer ones are only measured."""

from __future__ import annotations

import hashlib
import tarfile
from dataclasses import replace
from typing import Any

import pytest

from tests.packaging.scripts import load_script
from tests.support.strict import all_of

MEASURE: Any = load_script("measure_statements")
TRIED = frozenset({"header_again", "foreign", "powers", "rounded", "refunds", "empty"})


def test_the_rows_are_read_right() -> None:
    for file in load_script("invented_statements").made():
        if file.name.split()[-1] not in TRIED:
            continue
        known, rows = MEASURE.judged(file)
        wrong = [shown for shown, right in rows if not right]
        assert (known, wrong) == (True, []), file.name


@pytest.mark.parametrize(
    "archive", sorted(MEASURE.FOLDER.glob("*.tar.xz")), ids=lambda file: file.stem
)
def test_the_files_of_another_maker_are_those_that_were_laid_down(archive: Any) -> None:
    with tarfile.open(archive) as packed:
        truth = packed.extractfile("statements.jsonl")
        assert truth is not None
        digest = hashlib.sha256(truth.read()).hexdigest()
    assert digest in (MEASURE.FOLDER / "README.md").read_text("utf-8")


def test_every_fact_of_a_row_counts() -> None:
    """Of a file whose rows are all right, none is with any fact of it changed."""
    changes = (
        {"time": "2026-01-01T00:00:00"}, {"time": "2026-01-01"}, {"fen": 1}, {"way": "other"}, {"name": "别人"},
        {"account": "1"}, {"moved": None}, {"currency": "USD"},
    )  # fmt: skip
    for _, data, truth in MEASURE.of_makers(MEASURE.FOLDER / "second.tar.xz"):
        if truth and MEASURE.judged_by_truth(data, truth) == (True, [[]] * len(truth)):
            for change in changes:
                other = [replace(row, **change) for row in truth]
                assert all_of(map(bool, MEASURE.judged_by_truth(data, other)[1])), change
            return
    pytest.fail("no file is read right")

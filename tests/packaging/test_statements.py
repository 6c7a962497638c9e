"""Every row of the invented statements is read right, whatever stands between; the plainer ones are only measured."""

from __future__ import annotations

from typing import Any

from tests.packaging.scripts import load_script

TRIED = frozenset({"header_again", "foreign", "powers", "rounded", "refunds", "empty"})


def test_the_rows_are_read_right() -> None:
    measure: Any = load_script("measure_statements")
    for file in load_script("invented_statements").made():
        if file.name.split()[-1] not in TRIED:
            continue
        known, rows = measure.judged(file)
        wrong = [shown for shown, right in rows if not right]
        assert (known, wrong) == (True, []), file.name

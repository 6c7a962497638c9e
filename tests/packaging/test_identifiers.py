"""The lines by which identifiers are measured are judged right, but for the choices their page names."""

from __future__ import annotations

from typing import Any

from tests.packaging.scripts import load_script

CHOICES = {"sms_port 106", "landline 0931-8888888/801", "landline 0931-8888888*801"}


def test_the_lines_are_judged_right() -> None:
    measure: Any = load_script("measure_identifiers")
    wrong = {
        shown.partition(":")[0]
        for lines in measure.judged().values()
        for shown, right in lines
        if not right
    }
    assert wrong == CHOICES

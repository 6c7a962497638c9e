"""What the table of entries accepts in a field."""

import pytest

from desktop.journal.entry_table import CASE_PARTS, ENTRIES


@pytest.mark.parametrize("where", ["", 7, None, ["c1"], True])
def test_a_part_belongs_to_some_case(where: object) -> None:
    """A part whose case is no name would be on every screen's way for ever."""
    rules = [rule for rule in ENTRIES.values() if not rule.is_event]
    kinds = 0
    for rule in rules:
        for subject in set(rule.subjects) & set(CASE_PARTS):
            case = rule.type_of(subject, "case")
            if case is not None:
                assert not case.accepts(where), (rule.kind, subject)
                assert case.accepts("c1")
                kinds += 1
    assert kinds > 20

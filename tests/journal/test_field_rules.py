"""What is worked out once for many entries is what the tables say of each name by itself."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.records.field_types import LONG_TEXT, LONGEST_TEXT, TEXT, FieldType
from desktop.domain.records.fields import Json
from desktop.journal.entry_table import ENTRIES
from desktop.journal.field_rules import rules_of
from desktop.journal.subject_table import SUBJECTS
from tests.support.every_row import every_row

_PLACES = [(kind, subject) for kind, rule in ENTRIES.items() for subject in rule.subjects]
_ENDINGS = ("", "0193a94b201e89b882893f5473df6732", "x.decision", "1.key", "unheard of")
_VALUES = st.one_of(
    st.text(max_size=3), st.just("字" * (LONGEST_TEXT + 1)), st.integers(), st.booleans(), st.none(),
    st.sampled_from(("2026-11-24T10:00:00.000Z", "9999999-01-01", 10**15 + 1)),
    st.lists(st.text(max_size=2), max_size=2), st.dictionaries(st.text(max_size=2), st.integers(), max_size=2),
)  # fmt: skip


@st.composite
def _entries(draw: st.DrawFn) -> tuple[str, str, dict[str, Json]]:
    kind, subject = draw(st.sampled_from(_PLACES))
    about = SUBJECTS[subject]
    known = (
        *about.fields,
        *about.authors,
        *about.needs,
        *about.cases,
        *(ENTRIES[kind].details or {}),
    )
    name = st.builds(
        lambda beginning, end: beginning + (end if beginning.endswith(".") else ""),
        st.sampled_from((*known, "answer.objection.", "answer.", "nobody knows", "1.")),
        st.sampled_from(_ENDINGS),
    )
    return kind, subject, draw(st.dictionaries(name, _VALUES, max_size=5))


def _is(kind: FieldType | None, value: Json) -> bool:
    return kind is not None and kind.accepts(value)


@given(_entries())
def test_rules_of_many_names_are_those_of_each(entry: tuple[str, str, dict[str, Json]]) -> None:
    kind, subject, fields = entry
    rule, about = ENTRIES[kind], SUBJECTS[subject]
    found = rules_of(kind, subject, fields)
    types = [rule.type_of(subject, name) for name in fields]
    assert [*found.types] == types
    held = all(map(_is, types, fields.values()))
    assert held or not found.surely_take(fields), "nothing gets through"
    plain = all(
        type(value) is str
        for value, of in zip(fields.values(), types, strict=True)
        if of in (TEXT, LONG_TEXT)
    )
    assert found.surely_take(fields) or not (held and plain)
    named = [] if rule.is_event else list(fields)
    assert {*found.alone} == {alone for name in named if (alone := about.authors_of(name))}
    assert {*found.needs} == {needed for name in named if (needed := about.needed_for(name))}
    by_value = {
        name for name in (*about.cases, "case" if about.of_case else "") if not name.endswith(".")
    }
    named_cases = [
        value
        for name, value in fields.items()
        if name in by_value and isinstance(value, str) and value
    ]
    named_cases += [name.removeprefix(start) for start in about.cases if start.endswith(".") for name in fields
                    if name.startswith(start)]  # fmt: skip
    assert sorted(found.cases_named(fields)) == sorted(named_cases)


def test_a_sum_of_money_is_never_below_nothing() -> None:
    sums = [
        (subject, name, kind)
        for subject, about in SUBJECTS.items()
        for name, kind in about.fields.items()
        if name.endswith("_fen")
    ]
    assert {"transfer", "order"} <= {subject for subject, _, _ in sums}
    assert [(subject, name) for subject, name, kind in sums if kind.accepts(-1)] == []
    assert [(subject, name) for subject, name, kind in sums if not kind.accepts(0)] == []


ODD: tuple[Json, ...] = (
    "", "x", "2026-13-45T99:00:00.000Z", -1, 0, 10**30, True, None, [], [1], ["x"], [[]], [{}], {}, {"x": 1},
)  # fmt: skip


@every_row(("kind", "subject"), _PLACES)
def test_no_field_takes_at_once_what_its_type_does_not(kind: str, subject: str) -> None:
    """Each field of each entry with values of every shape, also those at which its type raises."""
    rule, about = ENTRIES[kind], SUBJECTS[subject]
    names = [name for name in (*about.fields, *(rule.details or {})) if not name.endswith(".")]
    let_in = [
        (name, value)
        for name in names
        for value in ODD
        if rules_of(kind, subject, {name: value}).surely_take({name: value})
        and not _is(rule.type_of(subject, name), value)
    ]
    assert let_in == []

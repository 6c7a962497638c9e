"""A subject that one entry speaks of is read as any other."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from desktop.domain.records.fields import Json
from desktop.journal.merge import Value
from desktop.storage.current_values.uncontested_values import UncontestedValues, is_disputed
from desktop.storage.current_values.values import shown_fields

FIELDS = st.dictionaries(st.sampled_from("abcdef"), st.none() | st.text() | st.integers())


@given(FIELDS, st.lists(st.sampled_from("abcdefgh"), unique=True))
def test_it_says_what_a_list_for_each_field_says(fields: dict[str, Json], names: list[str]) -> None:
    spelled_out = {name: [Value("AAAA", 7, 9, content)] for name, content in fields.items()}
    voice = UncontestedValues("AAAA", 7, 9, fields)
    assert list(voice.items()) == list(spelled_out.items())
    assert (len(voice), bool(voice)) == (len(fields), bool(fields))
    for name in names:
        assert (name in voice) == (name in spelled_out)
        assert voice.get(name, []) == spelled_out.get(name, [])
    assert shown_fields(voice) == shown_fields(spelled_out)
    assert shown_fields(voice, names) == shown_fields(spelled_out, names)
    assert not is_disputed(voice)
    assert not is_disputed(spelled_out)


def test_what_is_shown_is_nobody_elses() -> None:
    voice = UncontestedValues("AAAA", 7, 9, {"a": "said"})
    shown_fields(voice)["a"] = "changed"
    assert shown_fields(voice) == {"a": "said"}


def test_two_values_are_a_dispute() -> None:
    assert is_disputed({"a": [Value("AAAA", 1, 1, "x"), Value("BBBB", 1, 1, "y")]})

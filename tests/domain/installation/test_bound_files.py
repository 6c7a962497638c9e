"""What lies on the disk beside what is bound: every difference is named, and nothing that is none."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.installation.bound_files import (
    MISSING,
    BoundFile,
    FileChange,
    FileState,
    FoundFile,
    digest_of,
    find_changes,
)

PATHS = ("profile.toml", "forms/phrases.toml", "rules/own.toml")
TEXTS = ("", "a\n", "a\nb\n", "c")


def lying(path: str, text: str | None) -> FoundFile:
    return FoundFile(path, text, "" if text is not None else "link")


found_files = st.dictionaries(
    st.sampled_from(PATHS), st.sampled_from([*TEXTS, None]), max_size=3
).map(lambda texts: {path: lying(path, text) for path, text in texts.items()})
bound_files = st.dictionaries(
    st.sampled_from(PATHS),
    st.tuples(st.sampled_from([*TEXTS, None]), st.sampled_from(TEXTS).map(digest_of)),
    max_size=3,
).map(lambda bound: {path: BoundFile(path, *facts) for path, facts in bound.items()})


@given(bound_files, found_files)
def test_what_differs_is_named_with_both_texts(
    bound: dict[str, BoundFile], found: dict[str, FoundFile]
) -> None:
    changes = {change.path: change for change in find_changes(bound, found)}
    assert list(changes) == sorted(changes)
    for path in PATHS:
        wanted = bound[path].text if path in bound else None
        there = found.get(path)
        change = changes.get(path)
        if change is None:
            assert there is None or there.text is not None
            assert (there.text if there else None) == wanted
            continue
        assert (change.bound, change.found) == (wanted, there.text if there else None)
        states = {
            FileState.MISSING: there is None,
            FileState.UNREADABLE: there is not None and there.text is None,
            FileState.ADDED: wanted is None and there is not None and there.text is not None,
        }
        assert change.state is next((s for s, is_so in states.items() if is_so), FileState.CHANGED)
        assert change.digest == (there.digest if there else MISSING)
        assert change.earlier is (
            change.state is FileState.CHANGED and there is not None and there.digest == bound[path].former
        )  # fmt: skip
        unreadable = change.state is FileState.UNREADABLE
        assert change.approvable is (path != "profile.toml" and not unreadable)


def test_the_lines_that_differ_stand_side_by_side() -> None:
    change = FileChange("forms/x.typ", FileState.CHANGED, "a\nb\nc\n", "a\nB\nc\nd\n")
    shown = [(pair.left, pair.right) for pair in change.lines()]
    assert [left for left, _ in shown if left] == ["b"]
    assert [right for _, right in shown if right] == ["B", "d"]


@given(st.integers(0, 4999), st.integers(0, 4999), st.booleans())
@settings(max_examples=20)
def test_no_line_of_a_very_long_text_is_changed_unseen(one: int, other: int, longer: bool) -> None:
    bound = [str(number) for number in range(5000)]
    found = [f"{line}!" if place in (one, other) else line for place, line in enumerate(bound)]
    found += ["last"] if longer else []
    change = FileChange("x", FileState.CHANGED, "\n".join(bound), "\n".join(found))
    shown = {pair.right for pair in change.lines()}
    assert shown == {f"{one}!", f"{other}!", *(["last"] if longer else [])}
    removed = FileChange("x", FileState.MISSING, "\n".join(bound), None)
    assert [pair.left for pair in removed.lines()] == bound

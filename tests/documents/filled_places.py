"""Places of a template that nobody filled: what is not known is an empty text, drawn as a blank, never ``None``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping


def unfilled(value: object, place: str) -> Iterator[str]:
    """The names of those below ``place`` that hold nothing, or the word for it."""
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield from unfilled(inner, f"{place}.{name}")
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from unfilled(inner, f"{place}[]")
    elif value is None or (isinstance(value, str) and "None" in value):
        yield place

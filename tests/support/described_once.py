"""The columns of what a plain statement finds are made out once: the tests ask the same few hundred statements a
million times, and each answer has its columns described anew, a third of what it costs to run the statement."""

from __future__ import annotations

from typing import Any

from sqlalchemy.engine.cursor import CursorResult, CursorResultMetaData

_describe = CursorResult._init_metadata
_described: dict[tuple[str, *tuple[object, ...]], CursorResultMetaData] = {}


def _describe_again(
    result: CursorResult[*tuple[Any, ...]], context: Any, description: Any
) -> CursorResultMetaData:
    if context.compiled:
        return _describe(
            result, context, description
        )  # kept with the statement by SQLAlchemy itself
    columns = (context.dialect.name, *(column[:2] for column in description))
    if columns not in _described:
        _described[columns] = _describe(result, context, description)
    result._metadata = _described[columns]
    return _described[columns]


def describe_once() -> None:
    """From now on, in this process and all that are forked from it."""
    CursorResult._init_metadata = _describe_again  # type: ignore[method-assign, assignment]

"""A table of short cases as one test, which tries every row and names each that fails.

As tests of their own they cost more than what they check: pytest sets each up, reports it three times and, where two
processes share the tests, sends it from one to another.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import wraps
from typing import Any

import pytest

_Test = Callable[..., None]


def every_row(names: str | Sequence[str], rows: Iterable[Any]) -> Callable[[_Test], _Test]:
    """In the place of ``pytest.mark.parametrize``, where what is handed in beside the row keeps nothing of it.

    Like that it stands above another of its kind for every pair of their rows. Raises ``ValueError`` for a table
    without rows, which would check nothing.
    """
    keys = [name.strip() for name in names.split(",")] if isinstance(names, str) else [*names]
    table = [dict(zip(keys, row if len(keys) > 1 else (row,), strict=True)) for row in rows]
    if not table:
        raise ValueError("a table without rows")

    def of(test: _Test) -> _Test:
        @wraps(test)
        def tried(**others: Any) -> None:
            failed = [(row, error) for row in table if (error := _failure(test, row, others))]
            if failed:
                told = "\n".join(f"  {row}: {error}".rstrip() for row, error in failed)
                raise ExceptionGroup(
                    f"{len(failed)} of {len(table)} rows:\n{told}", [error for _, error in failed]
                )

        asked = inspect.signature(test)
        left = [one for name, one in asked.parameters.items() if name not in keys]
        tried.__signature__ = asked.replace(parameters=left)  # type: ignore[attr-defined]  # as pytest reads it
        return tried

    return of


def _failure(test: _Test, row: Mapping[str, Any], others: Mapping[str, Any]) -> Exception | None:
    try:
        test(**row, **others)
    except pytest.fail.Exception as error:  # nothing was raised that should have been
        return AssertionError(str(error))
    except Exception as error:  # noqa: BLE001 - whatever it is, the other rows are tried as well
        return error
    return None

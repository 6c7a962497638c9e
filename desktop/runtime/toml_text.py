"""Writes the plain subset of TOML our settings use, and reads what anybody may have written."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

_BARE = re.compile(r"[A-Za-z0-9_-]+")


def parse_toml(text: str) -> dict[str, Any]:
    """The document; ``ValueError`` for what is none, brackets without end among it."""
    try:
        return tomllib.loads(text)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error


def toml_text(document: Mapping[str, Any]) -> str:
    """``document`` as TOML, tables after values. What ``tomllib`` reads from it equals
    ``document``.

    Raises:
        TypeError: a value TOML has no form for.
    """
    return "\n".join(_table((), document)) + "\n"


def _table(path: tuple[str, ...], table: Mapping[str, Any]) -> list[str]:
    lines = [f"[{'.'.join(map(_key, path))}]"] if path else []
    lines += [
        f"{_key(name)} = {_value(value)}"
        for name, value in table.items()
        if not isinstance(value, Mapping)
    ]
    for name, value in table.items():
        if isinstance(value, Mapping):
            lines += ["", *_table((*path, name), value)]
    return lines


def _key(name: str) -> str:
    return name if _BARE.fullmatch(name) else _string(name)


def _string(text: str) -> str:
    # A JSON string is a TOML basic string, but for DEL, which TOML wants escaped.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _value(value: object) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case int() | float():
            return repr(value)
        case str():
            return _string(value)
        case datetime() | date() | time():
            return value.isoformat()
        case Mapping():
            pairs = ", ".join(f"{_key(name)} = {_value(item)}" for name, item in value.items())
            return f"{{ {pairs} }}"
        case Sequence():
            return f"[{', '.join(_value(item) for item in value)}]"
        case _:
            raise TypeError(f"TOML has no form for {type(value).__name__}")

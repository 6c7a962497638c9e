"""By which originals a unit adapted its questions and rules, and what became of those since.

The original of a file of rules is the shipped one of that name. That of a file of questions are the types of the same
codes as the program asks them, in the unit's order: what else the file says is the unit's alone.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Final

from desktop.domain.installation.bound_files import RULES, SCRIPTS
from desktop.domain.text.three_way import Place, merged, three_way
from desktop.runtime.packages.scripts import TYPES, own_types

_TYPE: Final = re.compile(r"(?m)^\[\[type\]\]")
_CODE: Final = re.compile(r"""(?m)^code\s*=\s*["']([^"'\n]+)["']""")


class OwnTables:
    """Implements :class:`desktop.services.ports.Originals`. ``scripts``: folders of questions, the first that has the
    types counts: a data package's before the program's. ``rules``: the folder of the rules a unit may replace."""

    def __init__(self, scripts: Sequence[Path], rules: Path) -> None:
        self._scripts, self._rules = scripts, rules

    def based_on(self, name: str, text: str, former: str | None, former_original: str) -> str:
        """The original that ``text`` was made from: of what is adapted for the first time the one of today, of what
        was the unit's own before the one it had."""
        if former is None:
            return self._today(name, text)
        if not name.startswith(SCRIPTS):
            return former_original
        had, today = _types(former_original), self._types_now()
        before = set(_codes(former))
        if not had and before & today.keys():
            return ""  # nobody knows what it was
        found = (had.get(code) if code in before else today.get(code) for code in _codes(text))
        return "".join(block for block in found if block is not None)

    def places(self, name: str, text: str, original: str) -> tuple[Place, ...]:
        """The file as it was made from ``original``, beside the original of today; without any for what has none."""
        today = self._today(name, text)
        return three_way(original or None, today, text) if today else ()

    def with_taken(self, name: str, text: str, original: str, taken: Collection[int]) -> str:
        """``text`` with what the original says today at the places of these positions."""
        return merged(self.places(name, text, original), taken) if taken else text

    def _today(self, name: str, text: str) -> str:
        if name.startswith(SCRIPTS):
            today = self._types_now()
            return "".join(today[code] for code in _codes(text) if code in today)
        file = self._rules / name.removeprefix(RULES)
        try:
            return file.read_text("utf-8")
        except (OSError, ValueError):
            return ""

    def _types_now(self) -> Mapping[str, str]:
        files = (folder / TYPES for folder in self._scripts)
        file = next((file for file in files if file.is_file()), None)
        try:
            return {} if file is None else _types(file.read_text("utf-8"))
        except (OSError, ValueError):
            return {}


def _codes(text: str) -> tuple[str, ...]:
    """The types of a unit's file; none of one that cannot be read."""
    try:
        return tuple(item.code for item in own_types(text)[1])
    except ValueError:
        return ()


def _types(text: str) -> dict[str, str]:
    """Code → the lines of that type, as the file has them."""
    starts = [match.start() for match in _TYPE.finditer(text)]
    blocks = (text[start:end] for start, end in zip(starts, [*starts[1:], None], strict=True))
    named = ((_CODE.search(block), block) for block in blocks)
    return {match.group(1): block for match, block in named if match is not None}

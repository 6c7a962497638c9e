"""The side of a process beside the program that makes rows of cases. It is given lines of our own journal, which were
verified when they came, and can open nothing.
"""

from __future__ import annotations

import gc
import marshal
from collections.abc import Sequence
from typing import Any, Final

from desktop.domain.errors import TrustError
from desktop.runtime.processes.confinement import confine
from desktop.runtime.processes.helper_process import desk_pipes, serve
from desktop.storage.upkeep.case_rows import Rows, rows_of_cases

NAME: Final = "rows"
_ADDRESSES: Final = 2 << 30
_ALTERED: Final = "altered"


def question(lines: Sequence[bytes]) -> bytes:
    """Asks for :func:`rows_of_cases` of these lines. Both sides are this program, so that octets are in the form of its
    interpreter, which runs nothing it reads."""
    return marshal.dumps(list(lines))


def answered(answer: bytes) -> Rows | None:
    """What was asked for. Raises ``TrustError("entry.altered")`` for a line that is not as it was."""
    found = marshal.loads(answer)  # noqa: S302 - from ourselves; marshal runs nothing
    if found == _ALTERED:
        raise TrustError("entry.altered")
    rows: Rows | None = found
    return rows


def main() -> int:
    """Answer until nobody asks any more."""
    confine(_ADDRESSES)
    gc.disable()  # what is made here refers to nothing in a circle, and goes with its answer
    serve(_answer, *desk_pipes())
    return 0


def _answer(asked: bytes) -> bytes:
    try:
        made: Any = rows_of_cases(marshal.loads(asked))  # noqa: S302 - as above
    except TrustError:
        made = _ALTERED
    return marshal.dumps(made)

"""What the board must know about the desk it shows: limits from the rule pack, who is signed in, names of types."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class BoardRules:
    """``golden``: length of the golden window. ``red_under`` and ``amber_under``: time left at which a clock turns.
    ``officer``: number of the signed-in officer; ``own``: this device, "" at a centre, which takes no cases on.
    ``type_name`` gives a scam type's name in the language shown; ``moves``: whether cases are moved between columns
    here, which a centre leaves to stations."""

    golden: timedelta
    red_under: timedelta
    amber_under: timedelta
    officer: str
    type_name: Callable[[str], str]
    own: str = ""
    moves: bool = True

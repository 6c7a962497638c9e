"""What was loaded for the tests stays out of every look for garbage, also while a window is open: its collector
(``desktop/ui/shared/kit/collector.py``) looks through everything each time a program starts, which is 0.4 s with the
seven hundred thousand objects of all tests loaded, and a tenth of that without them.

Of what tests make nearly all goes by itself. Python would look through it so often that a test of entries and bundles
spends a sixteenth of its time on that."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

_OWN: Final[Any] = gc
_freeze, _unfreeze = gc.freeze, gc.unfreeze
_SELDOM: Final = 20_000
"""How many objects more there are at each look."""
_USUAL: Final = gc.get_threshold()


def freeze_loaded() -> None:
    """Leave out what there is by now; from now on nobody else takes anything out or brings it back."""
    _freeze()
    _OWN.freeze = _OWN.unfreeze = _nothing
    gc.set_threshold(_SELDOM, *_USUAL[1:])


def _nothing() -> None:
    pass


@contextmanager
def thawed() -> Iterator[None]:
    """For tests of the collector itself."""
    _OWN.freeze, _OWN.unfreeze = _freeze, _unfreeze
    gc.set_threshold(*_USUAL)
    try:
        yield
    finally:
        freeze_loaded()

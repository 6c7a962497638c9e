"""What was loaded for the tests stays out of every look for garbage, also while a window is open: its collector
(``desktop/ui/shared/kit/collector.py``) looks through everything each time a program starts, which is 0.4 s with the
seven hundred thousand objects of all tests loaded, and a tenth of that without them."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

_OWN: Final[Any] = gc
_freeze, _unfreeze = gc.freeze, gc.unfreeze


def freeze_loaded() -> None:
    """Leave out what there is by now; from now on nobody else takes anything out or brings it back."""
    _freeze()
    _OWN.freeze = _OWN.unfreeze = _nothing


def _nothing() -> None:
    pass


@contextmanager
def thawed() -> Iterator[None]:
    """For tests of the collector itself."""
    _OWN.freeze, _OWN.unfreeze = _freeze, _unfreeze
    try:
        yield
    finally:
        freeze_loaded()

"""In which looks a window is tried: each language and each theme once. Themes differ in colours alone, as all sizes
stand in one table, so that only a sweep, and whoever wants pictures, tries each language in each theme."""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import product
from typing import Final

from desktop.ui.shared.kit.kit import Kit
from desktop.ui.shared.kit.theme import Scheme
from tests.support.sweep import EVERY

LOOKS: Final = (
    tuple(product(("zh_CN", "en"), (Scheme.LIGHT, Scheme.DARK)))
    if EVERY or "FANZHA_PICTURES" in os.environ
    else (("zh_CN", Scheme.LIGHT), ("en", Scheme.DARK))
)


def each_look(kit: Kit) -> Iterator[str]:
    """Give every window each look in turn, whose name it gives; the last is dark no more once all were tried."""
    for language, scheme in LOOKS:
        kit.texts.set_language(language)
        kit.theme.set_scheme(scheme)
        yield f"{language}-{scheme.value}"
    kit.theme.set_scheme(Scheme.LIGHT)

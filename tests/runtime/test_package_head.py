"""The head of a package from a stick, before anybody knows who signed it."""

from __future__ import annotations

import pytest

from desktop.domain.errors import TrustError
from desktop.runtime.packages.package_head import read_head


@pytest.mark.parametrize(
    "head", [b"a = " + b"[" * 100_000, b"a" + b".a" * 400_000 + b" = 1", b"a = ", b"\xff"]
)
def test_what_is_no_head_is_refused_in_words(head: bytes) -> None:
    with pytest.raises(TrustError, match="malformed"):
        read_head(head)

"""Both databases for every test of the store."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.anything_goes import let_anything_go
from tests.support.databases import KINDS, Databases, some_databases


@pytest.fixture(autouse=True)
def anything_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    """These tests are about keeping and merging entries; who may say what is tested in ``tests/authority``."""
    let_anything_go(monkeypatch)


@pytest.fixture(params=KINDS)
def databases(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Databases]:
    """Places for stores."""
    with some_databases(request.param, tmp_path) as found:
        yield found

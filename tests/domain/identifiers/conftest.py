"""The installed tables and a fixed day, for every family's tests."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from desktop.domain.identifiers import IdentifierCheck, check
from desktop.runtime.files.resources import resource_path
from desktop.runtime.packages.directories import PackedDirectories

TODAY = date(2026, 11, 24)

Checking = Callable[[str, str], IdentifierCheck]


@pytest.fixture(scope="session")
def tables() -> PackedDirectories:
    return PackedDirectories(resource_path("directories"))


@pytest.fixture(scope="session")
def checking(tables: PackedDirectories) -> Checking:
    return lambda kind, value: check(kind, value, tables, TODAY)

"""Which tests run when nothing is said about it."""

from __future__ import annotations

import pytest

OFF_BY_DEFAULT = ("slow",)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--slow", action="store_true", help="also run the soak and fuzz tests")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave soak and fuzz runs out, unless ``--slow`` is given or ``-m`` speaks of them."""
    if config.getoption("slow") or any(word in config.option.markexpr for word in OFF_BY_DEFAULT):
        return
    left_out = [item for item in items if any(map(item.get_closest_marker, OFF_BY_DEFAULT))]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]

"""Resources are found in all three kinds of installation."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.domain.errors import WorldError
from desktop.runtime.files import resources

REPOSITORY = Path(__file__).resolve().parents[2]

ASK = """
import sys
from desktop.runtime.files.resources import resource_path
print(resource_path("theme/tokens.toml"))
"""


@pytest.fixture(autouse=True)
def fresh_root() -> Iterator[None]:
    resources.resource_root.cache_clear()
    yield
    resources.resource_root.cache_clear()


def test_in_a_checkout() -> None:
    assert (
        resources.resource_path("theme/tokens.toml") == REPOSITORY / "resources/theme/tokens.toml"
    )


def test_in_a_frozen_build(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "resources" / "icons").mkdir(parents=True)
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert resources.resource_path("icons") == tmp_path / "resources" / "icons"


def test_in_an_installed_package(tmp_path: Path) -> None:
    package = REPOSITORY / "desktop"

    def few(folder: str, names: list[str]) -> list[str]:
        kept = ("domain", "runtime") if Path(folder) == package else names
        return [name for name in names if name not in kept and "." not in name]

    shutil.copytree(package, tmp_path / "desktop", ignore=few)
    theme = tmp_path / "desktop" / "_resources" / "theme"
    theme.mkdir(parents=True)
    shutil.copy(REPOSITORY / "resources/theme/tokens.toml", theme)
    answer = subprocess.run(
        [sys.executable, "-c", ASK], cwd=tmp_path, check=True, capture_output=True, text=True
    )
    assert answer.stdout.strip() == str(theme / "tokens.toml")


def test_a_missing_file_means_an_incomplete_installation() -> None:
    with pytest.raises(WorldError, match=r"install\.incomplete"):
        resources.resource_path("icons/never.svg")


@pytest.mark.parametrize("name", ["", "/etc/passwd", "../pyproject.toml", "theme/../../x"])
def test_only_names_below_the_resources(name: str) -> None:
    with pytest.raises(ValueError, match="relative"):
        resources.resource_path(name)

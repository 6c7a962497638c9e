"""The figures of the program name what is to be looked at."""

from __future__ import annotations

from pathlib import Path

from tests.packaging.scripts import load_script


def last_parts(found: int | list[str]) -> int | list[str]:
    return found if isinstance(found, int) else [name.rpartition(".")[2] for name in found]


def test_small_modules_of_one_importer_and_names_that_stand_twice_are_named(tmp_path: Path) -> None:
    for name, text in {
        "domain/alone.py": "class Twice: ...\n",
        "domain/shared.py": "X = 1\n",
        "domain/long.py": "# of many lines\n" * 60,
        "ui/part.py": "class Twice: ...\n",
        "ui/first.py": "from desktop.domain import alone, shared, long\nimport desktop.ui.part\n",
        "ui/second.py": "from desktop.domain.shared import X\n",
    }.items():
        file = tmp_path / "desktop" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    found = load_script("count_code").figures(tmp_path)
    assert {what: last_parts(named) for what, named in found.items()} == {
        "statements": 8,
        "files": 6,
        "modules of windows with one importer": ["part"],
        "small modules elsewhere with one importer": ["alone"],
        "class names used twice or more": ["Twice"],
        "folders of more than 20 files": [],
    }

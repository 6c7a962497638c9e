"""Settings open whatever the file says, and lose nothing of a newer program."""

import errno
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Never

import pytest

from desktop.runtime.texts.settings import Settings, ThemeChoice, load_settings, save_settings

CHOSEN = Settings("en", ThemeChoice.DARK, 5, "/mnt/共享", "/mnt/备份")


def test_no_file_means_defaults(tmp_path: Path) -> None:
    loaded = load_settings(tmp_path / "settings.toml")
    assert loaded.settings == Settings()
    assert loaded.settings.language == "zh_CN"
    assert loaded.warning is None


def test_what_is_saved_is_loaded(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    save_settings(path, CHOSEN)
    assert load_settings(path).settings == replace(CHOSEN, extra={"version": 1})


def test_keys_of_a_newer_program_survive(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text('version = 7\nlanguage = "en"\nshine = true\n[wall]\npaper = "青"\n', "utf-8")
    save_settings(path, load_settings(path).settings)
    document = tomllib.loads(path.read_text("utf-8"))
    assert document["version"] == 7
    assert document["shine"] is True
    assert document["wall"] == {"paper": "青"}


def test_odd_values_give_defaults_and_spare_the_others(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text(
        'language = "xx"\ntheme = 3\nidle_lock_minutes = 600\nshared_folder = true\n'
        'backup_folder = "/mnt/备份"\n',
        "utf-8",
    )
    assert load_settings(path).settings == Settings(backup_folder="/mnt/备份")


def test_a_damaged_file_is_set_aside_with_a_warning(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    for damage in (b"language = ", b"\xff\xfe", b"language = 'en'\nlanguage = 'en'"):
        path.write_bytes(damage)
        loaded = load_settings(path)
        assert loaded.settings == Settings()
        assert loaded.warning is not None
        assert loaded.warning.code == "settings.damaged"
        assert path.with_name("settings.toml.damaged").read_bytes() == damage
        assert load_settings(path).warning is None


def test_a_damaged_file_that_can_not_be_set_aside_gives_defaults(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "settings.toml"
    path.write_bytes(b"language = ")

    def refuse(*_arguments: object) -> Never:
        raise OSError(errno.EROFS, "read-only")

    monkeypatch.setattr(Path, "replace", refuse)
    loaded = load_settings(path)
    assert loaded.settings == Settings()
    assert loaded.warning is not None

"""What an officer may choose on this PC: one frozen record, kept as TOML beside the data."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

import tomli_w

from desktop.domain.errors import WorldError
from desktop.runtime.files.atomic_file import write_atomic
from desktop.runtime.files.plain_file import NotPlainError, read_plain
from desktop.runtime.files.toml_text import parse_toml
from desktop.runtime.texts.catalogue import LANGUAGES
from desktop.runtime.texts.pseudo import PSEUDO_LANGUAGE

VERSION: Final = 1
_LONGEST_PATH: Final = 1000
_STEERING: Final = ("idle_lock_minutes", "shared_folder", "backup_folder")

_log = logging.getLogger(__name__)


class ThemeChoice(StrEnum):
    """Light, dark, or what the desktop is set to."""

    LIGHT = "light"
    DARK = "dark"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Settings:
    """``idle_lock_minutes``: 3 to 15 (GB/T 22239-2019 8.1.4.1 asks for a time-out).

    ``shared_folder``: where bundles move by themselves, "" for nowhere.
    ``backup_folder``: where the last safety copy went, and further ones go by themselves.
    ``extra`` keeps what a newer program wrote, so that an older one does not lose it.
    """

    language: str = LANGUAGES[0]
    theme: ThemeChoice = ThemeChoice.SYSTEM
    idle_lock_minutes: int = 10
    shared_folder: str = ""
    backup_folder: str = ""
    extra: Mapping[str, Any] = field(default_factory=dict)


def _within(low: int, high: int) -> Callable[[object], object]:
    def check(value: object) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise ValueError
        return value

    return check


def _language(value: object) -> str:
    if value not in (*LANGUAGES, PSEUDO_LANGUAGE):
        raise ValueError
    return str(value)


def _theme(value: object) -> ThemeChoice:
    return ThemeChoice(str(value))


def _text(value: object) -> str:
    if not isinstance(value, str) or len(value) > _LONGEST_PATH or not value.isprintable():
        raise ValueError
    return value


_CHECKS: Final[Mapping[str, Callable[[object], object]]] = {
    "language": _language,
    "theme": _theme,
    "idle_lock_minutes": _within(3, 15),
    "shared_folder": _text,
    "backup_folder": _text,
}


@dataclass(frozen=True, slots=True)
class LoadedSettings:
    """Settings and what has to be said about them; ``warning`` is None when all was well."""

    settings: Settings
    warning: WorldError | None = None


def load_settings(path: Path) -> LoadedSettings:
    """The settings in ``path``. A damaged file is set aside as ``….damaged``; odd values give
    defaults.

    A desk must open whatever its settings say, so nothing here raises for bad content.
    """
    try:
        return LoadedSettings(read_settings(path))
    except FileNotFoundError:
        return LoadedSettings(Settings())
    except NotPlainError as error:
        _log.warning("settings cannot be read, using defaults: %s", error.reason)
        return LoadedSettings(Settings(), WorldError("settings.damaged"))
    except ValueError:
        with contextlib.suppress(OSError):
            path.replace(path.with_name(path.name + ".damaged"))
        return LoadedSettings(Settings(), WorldError("settings.damaged"))


def read_settings(path: Path) -> Settings:
    """What ``path`` says; odd values give defaults. Raises ``FileNotFoundError``, ``ValueError`` for what is no TOML,
    :class:`NotPlainError` for what can not be read."""
    return _from_document(parse_toml(read_plain(path).decode("utf-8")))


def steering_text(settings: Settings) -> str:
    """Those settings that matter to others than the person at the screen, always in the same spelling: when the screen
    locks, and where bundles and backups go by themselves."""
    return tomli_w.dumps({name: getattr(settings, name) for name in _STEERING})


def with_steering(settings: Settings, text: str) -> Settings:
    """``settings`` with what a :func:`steering_text` says. Raises ``ValueError`` for what is none."""
    steering = _from_document(parse_toml(text))
    return replace(settings, **{name: getattr(steering, name) for name in _STEERING})


def _from_document(document: Mapping[str, Any]) -> Settings:
    known: dict[str, Any] = {}
    for name, check in _CHECKS.items():
        if name in document:
            try:
                known[name] = check(document[name])
            except (TypeError, ValueError):
                _log.warning("setting %s has a value this program does not know", name)
    extra = {name: value for name, value in document.items() if name not in _CHECKS}
    return replace(Settings(), **known, extra=extra)


def save_settings(path: Path, settings: Settings) -> None:
    """Write ``settings`` as a whole, unknown keys of a newer program included."""
    document: dict[str, Any] = {"version": VERSION, **settings.extra}
    for item in fields(settings):
        if item.name != "extra":
            value = getattr(settings, item.name)
            document[item.name] = value.value if isinstance(value, ThemeChoice) else value
    write_atomic(path, tomli_w.dumps(document).encode("utf-8"))

"""The files of a profile folder that steer the program, read as files that anybody may have put there."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import Final

from desktop.app.profile.profile_file import profile_of, profile_text
from desktop.domain.errors import UserInputError, WorldError
from desktop.domain.installation.bound_files import (
    FORMS,
    PROFILE,
    RULES,
    SCRIPTS,
    SETTINGS,
    FoundFile,
)
from desktop.runtime.files.atomic_file import disk_errors, fsync_folder, make_private, write_atomic
from desktop.runtime.files.paths import ProfilePaths
from desktop.runtime.files.plain_file import NotPlainError, free_name, read_plain_text
from desktop.runtime.packages import cash_out_terms, hub_list
from desktop.runtime.packages.scripts import own_types
from desktop.runtime.texts.settings import (
    Settings,
    load_settings,
    read_settings,
    save_settings,
    steering_text,
    with_steering,
)

MORE: Final = "…"
"""Stands for all files of a folder beyond those that are read."""
_MOST_FILES: Final = 200
"""Of one folder. A unit has a handful; more is no unit's own work."""
_RULES: Final[Mapping[str, Callable[[str], object]]] = {
    hub_list.FILE: hub_list.hub_list_of,
    cash_out_terms.FILE: cash_out_terms.cash_out_terms_of,
}


class ProfileFolder:
    """Implements :class:`desktop.services.ports.exchange.bound_folder.BoundFolder`."""

    def __init__(self, paths: ProfilePaths) -> None:
        self._paths = paths

    def found(self) -> Mapping[str, FoundFile]:
        """Everything that lies there now."""
        files = [self._profile(), self._settings()]
        for folder in (FORMS, SCRIPTS, RULES):
            files += self._own(folder)
        return {file.path: file for file in files if file is not None}

    def forms(self) -> Mapping[str, FoundFile]:
        """The unit's templates and wording alone."""
        return {file.path: file for file in self._own(FORMS)}

    def write(self, path: str, text: str | None, former: str | None = None) -> None:
        """Put ``text`` there, and what lay there aside."""
        target = self._paths.root / path
        with disk_errors():
            _make_way(self._paths.root, target)
            if path != SETTINGS:
                _put_aside(target, {text, former})
            if text is None:
                _remove(target)
        if text is None:
            fsync_folder(target.parent)
        elif path == SETTINGS:
            self._write_settings(target, text)
        else:
            write_atomic(target, text.encode())

    def check(self, path: str, text: str) -> None:
        """Read it as at work; templates and wordings are read by whoever prints by them."""
        folder, _, name = path.rpartition("/")
        reader = {FORMS: _any, SCRIPTS: own_types, RULES: _RULES.get(name)}.get(f"{folder}/")
        if reader is None or not _steers(f"{folder}/", name):
            raise UserInputError("bound.unknown", file=path)
        try:
            reader(text)
        except ValueError as error:
            raise UserInputError("bound.unfit", file=name, reason=str(error)[:200]) from error

    def _write_settings(self, target: Path, text: str) -> None:
        stored = load_settings(target)
        if stored.warning is not None:
            with disk_errors():
                _put_aside(target, set())
        save_settings(target, with_steering(stored.settings, text))

    def _profile(self) -> FoundFile | None:
        found = _read(self._paths.root, PROFILE)
        if found is None or found.text is None:
            return found
        try:
            return FoundFile(PROFILE, profile_text(profile_of(found.text)))
        except WorldError:
            return FoundFile(PROFILE, None, "damaged")

    def _settings(self) -> FoundFile:
        try:
            return FoundFile(SETTINGS, steering_text(read_settings(self._paths.settings)))
        except FileNotFoundError:
            return FoundFile(SETTINGS, steering_text(Settings()))
        except NotPlainError as error:
            return FoundFile(SETTINGS, None, error.reason)
        except ValueError:
            return FoundFile(SETTINGS, None, "damaged")

    def _own(self, folder: str) -> Iterator[FoundFile]:
        place = self._paths.root / folder
        if place.is_symlink():
            return
        try:
            names = sorted(file.name for file in place.iterdir() if _steers(folder, file.name))
        except OSError:
            return
        for name in names[:_MOST_FILES]:
            found = _read(self._paths.root, folder + name)
            if found is not None:
                yield found
        if len(names) > _MOST_FILES:
            yield FoundFile(f"{folder}{MORE}", None, "too_many")


def own_path(file: Path, root: Path) -> str:
    """Where a file that somebody brings belongs in the profile at ``root``: where it lies if it lies there, else by its
    name. Raises ``UserInputError("bound.unknown")``."""
    place = file.absolute()
    if place.is_relative_to(root.absolute()):
        return place.relative_to(root.absolute()).as_posix()
    for folder in (FORMS, RULES, SCRIPTS):
        if _steers(folder, file.name):
            return folder + file.name
    raise UserInputError("bound.unknown", file=file.name)


def _any(_text: str) -> None:
    """Everything passes."""


def _steers(folder: str, name: str) -> bool:
    """Whether the program follows a file of this name there."""
    if name.startswith("."):
        return False
    if folder == FORMS:
        return name.endswith(".typ") or name == "phrases.toml"
    return name in _RULES if folder == RULES else name.endswith(".toml")


def _read(root: Path, path: str) -> FoundFile | None:
    shown = os.fsencode(path).decode("utf-8", "replace")
    try:
        text = read_plain_text(root / path)
    except FileNotFoundError:
        return None
    except NotPlainError as error:
        return FoundFile(shown, None, error.reason)
    return FoundFile(shown, text) if shown == path else FoundFile(shown, None, "unreadable")


def _make_way(root: Path, target: Path) -> None:
    """The folder itself must be one, and no link that leads out of the profile."""
    folder = target.parent
    if folder == root:
        return
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        folder.replace(free_name(folder))
    make_private(folder)


def _put_aside(target: Path, known: AbstractSet[str | None]) -> None:
    """Keep what lies there under another name too, unless it is one of the ``known`` texts. A second name first, so
    that a crash leaves the file as it was; where a disk knows no second names, and for a folder, the only one."""
    if not target.is_symlink() and not target.exists():
        return
    try:
        if read_plain_text(target) in known:
            return
    except (OSError, ValueError):
        pass  # it is kept whatever it is
    aside = free_name(target)
    try:
        os.link(target, aside, follow_symlinks=False)
    except (OSError, NotImplementedError):
        target.replace(aside)


def _remove(target: Path) -> None:
    if target.is_symlink() or target.exists():
        target.unlink()

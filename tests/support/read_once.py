"""What a desk is made of at every sign-in and is the program's own is read once: questions, cues, rules and fonts. What
a unit or a centre lays beside it is read each time."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, TypeVar

import typst

from desktop.app import adapters
from desktop.documents.printing import form_compiler
from desktop.runtime.files.resources import resource_path
from desktop.runtime.keys import passwords

_Found = TypeVar("_Found")
_OWN: Final = (resource_path("scripts"), resource_path("rules"))


def _once(read: Callable[..., _Found]) -> Callable[..., _Found]:
    found: dict[Path, _Found] = {}

    def reading(folder: Path, *beside: Any) -> _Found:
        if folder not in _OWN or any(other and other != folder for other in beside):
            return read(folder, *beside)
        if folder not in found:
            found[folder] = read(folder, *beside)
        return found[folder]

    return reading


_read_fonts = typst.Fonts
_fonts: dict[str, Any] = {}


def _fonts_once(**where: Any) -> Any:
    """54 MB of them."""
    if repr(where) not in _fonts:
        _fonts[repr(where)] = _read_fonts(**where)
    return _fonts[repr(where)]


@lru_cache(maxsize=256)
def _judged(password: str, names: tuple[str, ...]) -> bool:
    return _judge(password, names)


_judge = passwords.is_easily_guessed


def read_once() -> None:
    """From now on, in this process and all that are forked from it."""
    for name in ("load_scripts", "load_cues", "load_rule_pack"):
        setattr(adapters, name, _once(getattr(adapters, name)))
    form_compiler.drawable_characters = lru_cache(form_compiler.drawable_characters)
    vars(typst)["Fonts"] = _fonts_once
    passwords.is_easily_guessed = lambda password, names=(): _judged(password, tuple(names))

"""The words of windows and commands, by their keys, where a test is not about the words themselves."""

from __future__ import annotations

from desktop.runtime.texts.catalogue import LANGUAGES, Catalogue

_CHINESE = Catalogue.load(LANGUAGES[0], strict=True)


def zh(key: str, **params: str | int) -> str:
    """What a person who reads Chinese is shown under a key."""
    return _CHINESE.text(key, **params)

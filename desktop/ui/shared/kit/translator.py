"""Words in widgets: bound once, read again at every switch of the language."""

from __future__ import annotations

import weakref
from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

LANGUAGES = ("zh_CN", "en")


class TextSource(Protocol):
    """A catalogue in one language (``desktop.runtime.texts.catalogue.Catalogue``)."""

    def text(self, key: str, **params: str | int) -> str:
        """The sentence of that key with its placeholders filled."""
        ...


class _Binding:
    """One setter of one object with the words it shows. Holds the object weakly."""

    __slots__ = ("key", "method", "params", "target")

    def __init__(
        self, target: weakref.ref[QObject], method: str, key: str, params: dict[str, str | int]
    ) -> None:
        self.target = target
        self.method = method
        self.key = key
        self.params = params


class Translator(QObject):
    """Gives texts in the current language and keeps bound widgets in it.

    ``load`` reads the catalogue of a language (``Catalogue.load``).
    """

    changed = Signal()

    def __init__(self, load: Callable[[str], TextSource], language: str = LANGUAGES[0]) -> None:
        super().__init__()
        self._load = load
        self._language = language
        self._source = load(language)
        self._bindings: dict[tuple[int, str], _Binding] = {}

    @property
    def language(self) -> str:
        """The code of the current language: ``zh_CN`` or ``en``."""
        return self._language

    @property
    def bound(self) -> int:
        """How many setters are bound now (dead ones leave by themselves)."""
        return len(self._bindings)

    def text(self, key: str, **params: str | int) -> str:
        """The text of ``key`` in the current language."""
        return self._source.text(key, **params)

    def bind(self, setter: Callable[[str], object], key: str, **params: str | int) -> None:
        """Call ``setter`` with the text now and after every switch of the language.

        ``setter`` must be a bound method of a ``QObject``; the object is held weakly. Binding the
        same setter again replaces its key and parameters.
        """
        target = getattr(setter, "__self__", None)
        if not isinstance(target, QObject):
            raise TypeError("only a bound method of a QObject can be bound to words")
        slot = (id(target), setter.__name__)
        ref = weakref.ref(target, lambda _ref: self._bindings.pop(slot, None))
        self._bindings[slot] = _Binding(ref, setter.__name__, key, params)
        setter(self.text(key, **params))

    def release(self, setter: Callable[[str], object]) -> None:
        """Forget the words of ``setter``; it shows from now on what others give it."""
        target = getattr(setter, "__self__", None)
        self._bindings.pop((id(target), setter.__name__), None)

    def set_language(self, language: str) -> None:
        """Switch at once: every bound widget is told, then ``changed`` is emitted."""
        if language == self._language:
            return
        self._source = self._load(language)
        self._language = language
        for slot, binding in list(self._bindings.items()):
            target = binding.target()
            if target is None or not isValid(target):
                self._bindings.pop(slot, None)
                continue
            getattr(target, binding.method)(self.text(binding.key, **binding.params))
        self.changed.emit()

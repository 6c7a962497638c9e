"""What a person is told about an error, in every language."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from desktop.domain.errors import AppError
from desktop.runtime.texts.catalogue import LANGUAGES, Catalogue


def assert_error(error: AppError, code: str) -> None:
    """``error`` is ``code``, and says what happened, what is safe and what to do, with nothing left open."""
    assert error.code == code
    for language in LANGUAGES:
        texts = Catalogue.load(language, strict=True).error_text(error)
        for text in (texts.what, texts.safe, texts.do):
            assert text.strip(), (language, code)
            for quoted in map(str, error.params.values()):  # what a person wrote may hold braces
                text = text.replace(quoted, "")  # noqa: PLW2901 - what is left is ours
            assert not {"{", "}", "…"} & set(text), (language, text)


def refused(code: str, action: Callable[[], object]) -> None:
    """The act is refused as ``code``, in words."""
    with pytest.raises(AppError) as caught:
        action()
    assert_error(caught.value, code)

"""What ``argparse`` says of its own accord, in the chosen language.

It asks gettext, which has no catalogue of ours and answers in English; here it is given the words of ours instead.
"""

from __future__ import annotations

import argparse
from typing import Final

from desktop.runtime.catalogue import Catalogue

_KEYS: Final = {
    "usage: ": "usage",
    "%(prog)s: error: %(message)s\n": "error",
    "argument %(argument_name)s: %(message)s": "argument",
    "positional arguments": "positional",
    "options": "options",
    "show this help message and exit": "show_help",
    "unrecognized arguments: %s": "unrecognized",
    "the following arguments are required: %s": "required",
    "one of the arguments %s is required": "one_required",
    "not allowed with argument %s": "not_with",
    "expected one argument": "expected_one",
    "expected at least one argument": "expected_some",
    "ignored explicit argument %r": "takes_none",
    "invalid choice: %(value)r (choose from %(choices)s)": "choice",
    "invalid %(type)s value: %(value)r": "value",
}
"""Its sentence → the last part of the key below ``cli.usage``. What another Python words otherwise stays English."""


def speak(words: Catalogue) -> None:
    """From now on it speaks the language of ``words``."""

    def translated(text: str) -> str:
        key = _KEYS.get(text)
        return words.text(f"cli.usage.{key}") if key else text

    vars(argparse)["_"] = translated

"""The locale the program works in: always one of UTF-8, whatever the session is set to."""

from __future__ import annotations

import locale
import os
import sys
from collections.abc import MutableMapping
from typing import Final

_UTF8: Final = "C.UTF-8"
_MODE: Final = "PYTHONUTF8"


def prepare_locale(environment: MutableMapping[str, str]) -> None:
    """Put a UTF-8 locale into ``environment`` where the session has none (LANG=C, a locale that is not installed,
    GB18030), so that Qt and the processes beside ours take it without a word. To be called before Qt begins."""
    if sys.platform == "linux" and not _is_utf8():
        environment["LC_ALL"] = _UTF8


def _is_utf8() -> bool:
    """Of the session; the process keeps the locale it has."""
    before = locale.setlocale(locale.LC_ALL)
    try:
        locale.setlocale(locale.LC_ALL, "")
        return locale.nl_langinfo(locale.CODESET) == "UTF-8"
    except locale.Error:
        return False
    finally:
        locale.setlocale(locale.LC_ALL, before)


def restart_with_utf8() -> None:
    """Begin again in Python's UTF-8 mode where file names would be read as GB18030 or the like. Qt always takes them as
    UTF-8, and a file chosen in a window would not be found. A frozen build cannot be told so and goes on."""
    foreign = sys.getfilesystemencoding() != "utf-8"
    if foreign and sys.platform == "linux" and not getattr(sys, "frozen", False):
        os.environ[_MODE] = "1"
        os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])  # noqa: S606 - this program itself

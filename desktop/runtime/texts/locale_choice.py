"""The locale the program works in: always one of UTF-8, whatever the session is set to. Only a terminal is spoken to in
its own encoding."""

from __future__ import annotations

import locale
import os
import sys
from collections.abc import MutableMapping
from typing import Final, TextIO

_UTF8: Final = "C.UTF-8"
_MODE: Final = "PYTHONUTF8"


def prepare_locale(environment: MutableMapping[str, str]) -> None:
    """Put a UTF-8 locale into ``environment`` where the session has none (LANG=C, a locale that is not installed,
    GB18030), so that Qt and the processes beside ours take it without a word. To be called before Qt begins."""
    if sys.platform == "linux" and _session_encoding() != "UTF-8":
        environment["LC_ALL"] = _UTF8


def _session_encoding() -> str:
    """By its name in the C library; empty where the locale is not installed. The process keeps the locale it has."""
    before = locale.setlocale(locale.LC_ALL)
    try:
        locale.setlocale(locale.LC_ALL, "")
        return locale.nl_langinfo(locale.CODESET)
    except locale.Error:
        return ""
    finally:
        locale.setlocale(locale.LC_ALL, before)


def _chinese_encoding() -> str:
    """The session's, if it is another one that Chinese can be written in: GB18030, GBK, Big5. Else empty."""
    encoding = _session_encoding() if sys.platform == "linux" else ""
    try:
        "反诈".encode(encoding or "ascii")
    except (LookupError, UnicodeEncodeError):
        return ""
    return "" if encoding == "UTF-8" else encoding


def encoding_for(stream: TextIO) -> str:
    """A terminal reads what its session is set to, files and other programs read UTF-8."""
    return (_chinese_encoding() if stream.isatty() else "") or "utf-8"


def read_arguments(arguments: list[str]) -> list[str]:
    """``arguments`` as they were typed in the session's encoding, of which UTF-8 mode left escapes. The name of a file
    that is there stays what the disk has."""
    if not any(map(_is_escaped, arguments)):
        return arguments
    encoding = _chinese_encoding() or "utf-8"
    return [
        os.fsencode(text).decode(encoding, "surrogateescape")
        if _is_escaped(text) and not os.path.lexists(text)
        else text
        for text in arguments
    ]


def _is_escaped(text: str) -> bool:
    return any("\udc80" <= sign <= "\udcff" for sign in text)


def restart_with_utf8() -> None:
    """Begin again in Python's UTF-8 mode where file names would be read as GB18030 or the like. Qt always takes them as
    UTF-8, and a file chosen in a window would not be found. A frozen build is in that mode from the start."""
    foreign = sys.getfilesystemencoding() != "utf-8"
    if foreign and sys.platform == "linux" and not getattr(sys, "frozen", False):
        os.environ[_MODE] = "1"
        os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])  # noqa: S606 - this program itself

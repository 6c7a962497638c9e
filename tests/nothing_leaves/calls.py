"""What strace saw, as who was spoken to and what was written where."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

_OPENING = frozenset({"open", "openat", "creat"})
_NAMING = frozenset(
    [
        "mkdir",
        "mkdirat",
        "mknod",
        "mknodat",
        "rename",
        "renameat",
        "renameat2",
        "link",
        "linkat",
        "symlink",
        "symlinkat",
        "unlink",
        "unlinkat",
        "rmdir",
        "truncate",
    ]
)
TRACED = "trace=network," + ",".join(sorted(_OPENING | _NAMING))
"""What strace is asked for."""
_LINE = re.compile(r"(\d+) +(\w+)\((.*)\) += (-?\d+|\?)(<[^\n]*>)?.*")
_CUT = re.compile(r"(\d+) +(.*) <unfinished \.\.\.>$")
_REST = re.compile(r"(\d+) +<\.\.\. \w+ resumed>(.*)")
_WRITING = re.compile(r"\bO_(WRONLY|RDWR|CREAT|TRUNC|APPEND|TMPFILE)\b")
_TEXT = re.compile(r'"((?:[^"\\]|\\.)*)"')
_FOLDER = re.compile(r"(?:AT_FDCWD|\d+)<((?:[^>\\]|\\.)*)>")
_HOST = re.compile(r'(?:inet_addr\("|inet_pton\(AF_INET6, "|sin6?_addr=")([^"]+)"')
_PORT = re.compile(r"sin6?_port=htons\((\d+)\)")
_LOCAL = ("127.", "::1", "::ffff:127.")


@dataclass(frozen=True, slots=True)
class Call:
    """One that succeeded, or that began to (a line may be under way for long)."""

    process: str
    name: str
    arguments: str
    result: str
    opened: str

    @property
    def done(self) -> bool:
        return not self.result.startswith("-") or "EINPROGRESS" in self.opened


def calls(lines: Iterable[str]) -> Iterator[Call]:
    """In order of their ends; a call that was interrupted by another process's is put together."""
    waiting: dict[str, str] = {}
    for line in lines:
        cut, rest = _CUT.match(line), _REST.match(line)
        if cut:
            waiting[cut[1]] = cut[2]
            continue
        whole = f"{rest[1]} {waiting.pop(rest[1], '')}{rest[2]}" if rest else line
        found = _LINE.match(whole)
        if found:
            tail = whole[found.end(4) :]
            yield Call(found[1], found[2], found[3], found[4], tail)


def spoken_to(found: Iterable[Call], *, local: bool = False) -> set[str]:
    """``host:port`` of everybody outside this computer, and families of sockets that are not for this computer.
    ``local``: of this computer's own addresses too."""
    told: set[str] = set()
    for call in found:
        family = re.match(r"AF_(\w+)", call.arguments)
        if call.name == "socket" and call.done and family:
            # AF_NETLINK asks this computer's kernel for its devices and addresses; nothing of it goes over a line.
            if family[1] not in {"UNIX", "INET", "INET6", "NETLINK"}:
                told.add(family[0])
        elif call.name in {"connect", "sendto", "sendmsg", "sendmmsg", "bind"} and (
            call.done or "EINPROGRESS" in call.opened
        ):
            host, port = _HOST.search(call.arguments), _PORT.search(call.arguments)
            if host and (local or not host[1].startswith(_LOCAL)):
                told.add(f"{host[1]}:{port[1] if port else '?'}")
    return told


def written(found: Iterable[Call], home: Path) -> set[Path]:
    """Files and folders that were made, changed, renamed or removed."""
    told: set[Path] = set()
    for call in found:
        if call.done and call.name in _OPENING:
            if call.name == "creat" or _WRITING.search(call.arguments):
                told.add(_opened(call, home))
        elif call.done and call.name in _NAMING:
            told.update(_named(call, home))
    return told


def _opened(call: Call, home: Path) -> Path:
    shown = re.match(r"<((?:[^>\\]|\\.)*)>", call.opened.strip())
    return Path(_plain(shown[1])) if shown else _named(call, home)[-1]


def _named(call: Call, home: Path) -> list[Path]:
    folders = _FOLDER.findall(call.arguments)
    names = _TEXT.findall(call.arguments)
    places = []
    for number, name in enumerate(names):
        folder = folders[min(number, len(folders) - 1)] if folders else str(home)
        places.append(Path(folder) / _plain(name))
    return places


def _plain(text: str) -> str:
    """Octets that strace wrote as octal."""
    return (
        text.encode("latin-1", "replace")
        .decode("unicode_escape")
        .encode("latin-1")
        .decode("utf-8", "replace")
    )

"""One place where text is typed: what Qt tells IBus, told to fcitx 4, and back."""

from __future__ import annotations

import asyncio
import os
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from jeepney import Message

from desktop.runtime.input_bridge.dbus_line import is_return
from desktop.runtime.input_bridge.fcitx_link import FcitxLink

_PREEDIT: Final = 1 << 1
_PASSWORD: Final = 1 << 3
_FORMATTED_PREEDIT: Final = 1 << 4
_CLIENT_COMMITS: Final = 1 << 5
"""Half a word is committed by Qt when the keyboard goes elsewhere; were it fcitx too, it would stand there twice."""
_RELATIVE_RECTANGLE: Final = 1 << 24
_RELEASE: Final = 1 << 30
_SECRET_PURPOSES: Final = frozenset({8, 9})
"""Password and PIN, in IBus's counting."""
_KEYCODES: Final = 8
"""X counts keys from here, IBus from nought."""
_WORD: Final = 0xFFFFFFFF
_PROGRAM: Final = "fanzha"
_KEEP: Final = 1
_CLEAR: Final = 0
Tell = Callable[[str, str, tuple[Any, ...]], None]
"""Sends a signal to the program: its name, its signature and what it carries."""


PATIENCE: Final = 2.0
"""Seconds that a key waits for fcitx. Then it is the program's, as is every further one until fcitx speaks again."""


_NO_UNDERLINE: Final = 1 << 3
"""fcitx 4 marks what has no line below; fcitx 5 took the same bit for what has one."""
_HIGHLIGHT: Final = 1 << 4
_NOT_TO_COMMIT: Final = 1 << 5
_UNDERLINE_KIND: Final = 1
_SINGLE_LINE: Final = 1
_BACKGROUND_KIND: Final = 3
_FOREGROUND_KIND: Final = 2
_DARK: Final = 0x00000000
_LIGHT: Final = 0x00FFFFFF


@dataclass(frozen=True, slots=True)
class PreeditSpan:
    """Characters from ``start`` to before ``end``, and how they look."""

    start: int
    end: int
    underlined: bool
    highlighted: bool


@dataclass(frozen=True, slots=True)
class Preedit:
    """``cursor`` counts characters. ``committed``: what stays in the field when it loses the keyboard."""

    text: str = ""
    cursor: int = 0
    spans: tuple[PreeditSpan, ...] = ()
    committed: bool = True


def read_preedit(parts: Sequence[tuple[str, int]], cursor: int) -> Preedit:
    """From pieces with their looks as fcitx 4 sends them; ``cursor`` counts octets of UTF-8."""
    text = "".join(piece for piece, _ in parts)
    spans, start = [], 0
    for piece, look in parts:
        end = start + len(piece)
        if piece:
            spans.append(PreeditSpan(start, end, not look & _NO_UNDERLINE, bool(look & _HIGHLIGHT)))
        start = end
    before = text.encode()[: max(cursor, 0)].decode("utf-8", "ignore")
    committed = not parts or any(not look & _NOT_TO_COMMIT for _, look in parts)
    return Preedit(text, len(before), tuple(spans), committed)


def ibus_text(text: str, spans: Sequence[PreeditSpan] = ()) -> tuple[str, Any]:
    """A D-Bus variant with the text as IBus serialises it."""
    attributes_of = [look for span in spans for look in _attributes(span)]
    attributes: tuple[Any, ...] = (
        "IBusAttrList",
        {},
        [("(sa{sv}uuuu)", look) for look in attributes_of],
    )
    return "(sa{sv}sv)", ("IBusText", {}, text, ("(sa{sv}av)", attributes))


def _attributes(span: PreeditSpan) -> list[tuple[str, dict[str, Any], int, int, int, int]]:
    kinds = []
    if span.underlined:
        kinds.append((_UNDERLINE_KIND, _SINGLE_LINE))
    if span.highlighted:
        kinds += [(_FOREGROUND_KIND, _LIGHT), (_BACKGROUND_KIND, _DARK)]
    return [("IBusAttribute", {}, kind, value, span.start, span.end) for kind, value in kinds]


class Key:
    """``answer`` tells whoever pressed it whether fcitx took it."""

    def __init__(self, answer: Callable[[bool], None]) -> None:
        self._answer = answer
        self.answered = False

    def settle(self, *, taken: bool) -> None:
        """Answer once."""
        if not self.answered:
            self.answered = True
            self._answer(taken)


class KeyQueue:
    """Keys between question and answer. ``stalled`` is called when fcitx let one wait too long."""

    def __init__(self, stalled: Callable[[], None]) -> None:
        self._keys: deque[Key] = deque()
        self._when_stalled = stalled
        self._timer: asyncio.TimerHandle | None = None
        self.stalled = False
        """Whether fcitx is waited for no more; whoever hears of it again says that it is not so any longer."""

    def add(self, key: Key) -> None:
        """From now on it waits."""
        self._keys.append(key)
        if self._timer is None:
            self._wind()

    def settle(self, key: Key, *, taken: bool) -> None:
        """fcitx answered; it does so in the order of its questions."""
        if key.answered:
            return
        while self._keys[0] is not key:
            self._keys.popleft().settle(taken=False)
        self._keys.popleft().settle(taken=taken)
        self._wind()

    def give_up(self) -> None:
        """Nobody will answer: all are the program's."""
        while self._keys:
            self._keys.popleft().settle(taken=False)
        self._wind()

    def _wind(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._keys:
            self._timer = asyncio.get_running_loop().call_later(PATIENCE, self._stall)

    def _stall(self) -> None:
        self._timer = None
        self.stalled = True
        self.give_up()
        self._when_stalled()


class InputContext:
    """Lives as long as the program wants it; the one of fcitx behind it is made anew whenever fcitx comes again.

    No text around the cursor is sent: fcitx 4 needs none for Chinese, and a narrative is nobody's business.
    """

    def __init__(self, link: FcitxLink, tell: Tell) -> None:
        self._link = link
        self._tell = tell
        self._path = ""
        self._asked = 0
        """How often a context of fcitx was asked for: an answer to an earlier question is stale."""
        self._keys = KeyQueue(self._wait_for_fcitx)
        self._early: list[tuple[Key, tuple[int, int, int]]] = []
        self._focused = False
        self._rectangle: tuple[int, int, int, int] | None = None
        self._relative = False
        self._secret = False
        self._commits = False
        """Whether the program understands how half a word is to end."""
        self._preedit = Preedit()
        if link.up:
            self.connect()

    @property
    def path(self) -> str:
        """Of fcitx's context, ``""`` while there is none."""
        return self._path

    def connect(self) -> None:
        """fcitx came: ask for a context."""
        self._asked += 1
        self._link.create_context(_PROGRAM, os.getppid(), partial(self._created, self._asked))

    def disconnect(self) -> None:
        """fcitx went. What was half written stays as it is: it would be lost else."""
        self._path, self._early = "", []
        self._asked += 1
        self._keys.stalled = False
        self._keys.give_up()
        if self._preedit.text:
            text, self._preedit = self._preedit.text, Preedit()
            self._show()
            self._tell("CommitText", "v", (ibus_text(text),))

    def destroy(self) -> None:
        """The program needs it no more."""
        self._keys.give_up()
        if self._path:
            self._link.tell(self._path, "DestroyIC")

    def key(self, body: tuple[int, int, int], answer: Callable[[bool], None]) -> None:
        """A key went down or up, in IBus's way of telling. fcitx hears of each, also while it is switched off."""
        key = Key(answer)
        if not self._link.up or self._keys.stalled:
            key.settle(taken=False)
            return
        self._keys.add(key)
        if self._path:
            self._ask(key, body)
        else:
            self._early.append((key, body))

    def focus(self, *, here: bool) -> None:
        """The keyboard came or went."""
        self._focused = here
        self._to_fcitx("FocusIn" if here else "FocusOut")

    def reset(self) -> None:
        """The program gave up what was half written."""
        self._preedit = Preedit()
        self._to_fcitx("Reset")

    def place(self, rectangle: tuple[int, int, int, int], *, relative: bool) -> None:
        """Where the cursor is, so that the candidates stand beside it."""
        if relative != self._relative:
            self._relative = relative
            self._send_capacity()
        self._rectangle = rectangle
        self._to_fcitx("SetCursorRect", "iiii", rectangle)

    def set_purpose(self, purpose: int) -> None:
        """What is typed here, in IBus's counting."""
        secret = purpose in _SECRET_PURPOSES
        if secret != self._secret:
            self._secret = secret
            self._send_capacity()

    def set_commits(self, *, commits: bool) -> None:
        """Whether the program can be told what becomes of half a word when the keyboard goes."""
        self._commits = commits

    def on_signal(self, signal: str, body: tuple[Any, ...]) -> None:
        """A signal of fcitx."""
        if self._keys.stalled:
            return
        if signal == "CommitString":
            self._preedit = Preedit()
            self._tell("CommitText", "v", (ibus_text(body[0]),))
        elif signal == "UpdateFormattedPreedit":
            self._preedit = read_preedit(body[0], body[1])
            self._show()
        elif signal == "UpdatePreedit":
            self._preedit = read_preedit([(body[0], 0)], body[1])
            self._show()
        elif signal == "ForwardKey":
            sym, state, released = body
            self._tell("ForwardKeyEvent", "uuu", (sym, 0, state | (_RELEASE if released else 0)))
        elif signal == "DeleteSurroundingText":
            self._tell("DeleteSurroundingText", "iu", (body[0], body[1]))

    def _created(self, asked: int, answer: Message | None) -> None:
        if asked != self._asked or answer is None:
            return
        if not is_return(answer) or not answer.body:
            self._early = []
            self._keys.give_up()
            return
        self._keys.stalled = False
        self._path = f"/inputcontext_{answer.body[0]}"
        self._send_capacity()
        if self._focused:
            self._to_fcitx("FocusIn")
        if self._rectangle is not None:
            self._to_fcitx("SetCursorRect", "iiii", self._rectangle)
        early, self._early = self._early, []
        for key, body in early:
            self._ask(key, body)

    def _ask(self, key: Key, body: tuple[int, int, int]) -> None:
        self._link.ask(
            self._path, "ProcessKeyEvent", "uuuiu", _as_fcitx(body), partial(self._answered, key)
        )

    def _answered(self, key: Key, answer: Message | None) -> None:
        if answer is not None:
            taken = is_return(answer) and bool(answer.body) and answer.body[0] > 0
            self._keys.settle(key, taken=taken)

    def _wait_for_fcitx(self) -> None:
        """What it does with the keys it let wait is of no use: they stand in the field as letters."""
        self._early, self._preedit = [], Preedit()
        self._show()
        if self._path:
            self._link.ask(self._path, "Reset", "", (), self._back)
        else:
            self.connect()

    def _back(self, answer: Message | None) -> None:
        if answer is not None:
            self._keys.stalled = False

    def _show(self) -> None:
        preedit = self._preedit
        shown = (ibus_text(preedit.text, preedit.spans), preedit.cursor, bool(preedit.text))
        if self._commits:
            mode = _KEEP if preedit.committed else _CLEAR
            self._tell("UpdatePreeditTextWithMode", "vubu", (*shown, mode))
        else:
            self._tell("UpdatePreeditText", "vub", shown)

    def _send_capacity(self) -> None:
        bits = _PREEDIT | _FORMATTED_PREEDIT | _CLIENT_COMMITS
        bits |= _PASSWORD if self._secret else 0
        bits |= _RELATIVE_RECTANGLE if self._relative else 0
        self._to_fcitx("SetCapacity", "u", (bits,))

    def _to_fcitx(self, method: str, signature: str = "", body: tuple[Any, ...] = ()) -> None:
        if self._path:
            self._link.tell(self._path, method, signature, body)


def _as_fcitx(body: tuple[int, int, int]) -> tuple[int, int, int, int, int]:
    """A key in fcitx's way of telling; its time, in milliseconds, is the one at which we heard of it."""
    sym, code, state = body
    now = time.monotonic_ns() // 1_000_000 & _WORD
    return sym, code + _KEYCODES & _WORD, state & ~_RELEASE, int(bool(state & _RELEASE)), now

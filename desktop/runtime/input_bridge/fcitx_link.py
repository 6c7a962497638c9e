"""The way to fcitx 4: found, followed when it ends and comes again, and asked."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Mapping
from functools import partial
from typing import Any, Final, Protocol

from jeepney import DBusAddress, HeaderFields, Message, MessageFlag, new_method_call

from desktop.runtime.input_bridge.dbus_line import Answered, DbusConnection, is_return
from desktop.runtime.input_bridge.places import fcitx_bus, fcitx_name

CONTEXT: Final = "org.fcitx.Fcitx.InputContext"
_METHOD: Final = "org.fcitx.Fcitx.InputMethod"
_METHOD_PATH: Final = "/inputmethod"
_CARRIED: Final = {
    "CommitString": "s",
    "UpdateFormattedPreedit": "a(si)i",
    "UpdatePreedit": "si",
    "ForwardKey": "uui",
    "DeleteSurroundingText": "iu",
}
"""The signatures of the signals that mean something here."""
_LOOK_AGAIN: Final = 2.0
"""Seconds between two looks for an fcitx that is on a bus of its own; on the session bus its coming is told."""
_SETTLING: Final = 0.1
"""Seconds that fcitx is given after it took its name."""


class FcitxListener(Protocol):
    """Who is told what becomes of fcitx."""

    def link_up(self) -> None:
        """It is there and takes calls."""

    def link_down(self) -> None:
        """It went; what was asked is not answered."""

    def on_signal(self, path: str, signal: str, body: tuple[Any, ...]) -> None:
        """A signal of one of its contexts."""


class FcitxLink:
    """``session`` is the line to the session bus, which its owner listens to and hands over to :meth:`hear`."""

    def __init__(
        self, environment: Mapping[str, str], session: DbusConnection, listener: FcitxListener
    ) -> None:
        self._environment = environment
        self._name = fcitx_name(environment)
        self._session = session
        self._listener = listener
        self._line: DbusConnection | None = None
        self._owner = ""
        self._listening: asyncio.Task[None] | None = None
        self._woken = asyncio.Event()
        self.looked = asyncio.Event()
        """Whether it was looked for once, in vain or not."""

    @property
    def up(self) -> bool:
        """Whether fcitx can be asked."""
        return self._line is not None

    async def keep(self) -> None:
        """Look for fcitx, now and whenever it went."""
        self._session.match(_owner_rule(self._name))
        while True:
            self._woken.clear()
            if self._line is None:
                await self._find()
            self.looked.set()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._woken.wait(), _LOOK_AGAIN)

    def create_context(self, program: str, pid: int, answered: Answered) -> None:
        """Ask for a context; the answer begins with its number."""
        address = DBusAddress(_METHOD_PATH, bus_name=self._owner, interface=_METHOD)
        self._call(new_method_call(address, "CreateICv3", "si", (program, pid)), answered)

    def ask(
        self, path: str, method: str, signature: str, body: tuple[Any, ...], answered: Answered
    ) -> None:
        """Call a context."""
        self._call(self._message(path, method, signature, body), answered)

    def tell(self, path: str, method: str, signature: str = "", body: tuple[Any, ...] = ()) -> None:
        """Call a context whose answer says nothing."""
        if self._line is None:
            return
        message = self._message(path, method, signature, body)
        message.header.flags |= MessageFlag.no_reply_expected
        self._line.send(message)

    def hear(self, message: Message) -> None:
        """A signal from the session bus."""
        self._hear(self._session, message)

    def _hear(self, line: DbusConnection, message: Message) -> None:
        fields = message.header.fields
        if fields.get(HeaderFields.member) == "NameOwnerChanged":
            self._owner_changed(line, *message.body)
        elif (
            fields.get(HeaderFields.interface) == CONTEXT
            and fields.get(HeaderFields.sender) == self._owner
        ):
            path, member = fields[HeaderFields.path], fields[HeaderFields.member]
            if fields.get(HeaderFields.signature) == _CARRIED.get(member):
                self._listener.on_signal(path, member, message.body)

    def _message(self, path: str, method: str, signature: str, body: tuple[Any, ...]) -> Message:
        address = DBusAddress(path, bus_name=self._owner, interface=CONTEXT)
        return new_method_call(address, method, signature or None, body)

    def _call(self, message: Message, answered: Answered) -> None:
        if self._line is None:
            answered(None)
        else:
            self._line.call(message, answered)

    async def _find(self) -> None:
        address = fcitx_bus(self._environment)
        own = await DbusConnection.open(address) if address else None
        for line in (own, self._session):
            if line is None:
                continue
            listening = asyncio.create_task(self._listen(line)) if line is own else None
            owner = await _owner_of(line, self._name)
            if owner:
                if self.looked.is_set():  # it just came
                    await asyncio.sleep(_SETTLING)
                self._take(line, owner, listening)
                return
            if listening is not None:
                line.close()

    def _take(self, line: DbusConnection, owner: str, listening: asyncio.Task[None] | None) -> None:
        self._line, self._owner, self._listening = line, owner, listening
        line.match(f"type='signal',sender='{owner}',interface='{CONTEXT}'")
        if listening is not None:
            line.match(_owner_rule(self._name))
        self._listener.link_up()

    async def _listen(self, own: DbusConnection) -> None:
        await own.listen(partial(self._hear, own))
        if own is self._line:
            self._lose()

    def _owner_changed(self, line: DbusConnection, name: str, _former: str, owner: str) -> None:
        if name != self._name:
            return
        if line is self._line and owner != self._owner:
            self._lose()
        self._woken.set()

    def _lose(self) -> None:
        line, self._line, self._owner = self._line, None, ""
        if self._listening is not None and line is not None:
            line.close()
        self._listening = None
        self._listener.link_down()
        self._woken.set()


async def _owner_of(line: DbusConnection, name: str) -> str:
    """The connection that has ``name`` on the bus, ``""`` if nobody has."""
    answer: asyncio.Future[Message | None] = asyncio.get_running_loop().create_future()

    def answered(message: Message | None) -> None:
        if not answer.done():
            answer.set_result(message)

    line.ask_bus("GetNameOwner", "s", (name,), answered)
    try:
        message = await asyncio.wait_for(answer, _LOOK_AGAIN)
    except TimeoutError:
        return ""
    return str(message.body[0]) if message is not None and is_return(message) else ""


def _owner_rule(name: str) -> str:
    return (
        "type='signal',sender='org.freedesktop.DBus',interface='org.freedesktop.DBus',"
        f"member='NameOwnerChanged',arg0='{name}'"
    )

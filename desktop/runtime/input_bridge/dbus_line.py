"""A connection to a D-Bus bus: messages in their order, calls whose answers come later, and nothing that waits."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from typing import Any, Final

from jeepney import HeaderFields, Message, MessageType, new_method_call
from jeepney.io.asyncio import DBusConnection, open_dbus_connection

from desktop.runtime.input_bridge.bus_names import BUS

_SECONDS: Final = 2.0
"""How long a bus may take to greet."""
Answered = Callable[[Message | None], None]
"""What is done with an answer; None: there will be none."""


class DbusConnection:
    """Opened by :meth:`open`; :meth:`listen` gives what comes until the other side is gone."""

    def __init__(self, connection: DBusConnection) -> None:
        self._connection = connection
        self._asked: dict[int, Answered] = {}

    @classmethod
    async def open(cls, address: str) -> DbusConnection | None:
        """A line to the bus at ``address``; None if nobody answers there."""
        try:
            return cls(await asyncio.wait_for(open_dbus_connection(address), _SECONDS))
        except (OSError, EOFError, ValueError, KeyError, RuntimeError, TimeoutError):
            return None  # nobody there, no D-Bus, or an address that is none

    def send(self, message: Message) -> None:
        """Send what needs no answer."""
        self._write(message)

    def call(self, message: Message, answered: Answered) -> None:
        """Send a call; ``answered`` gets its answer or its error, or None when the line ends before."""
        self._asked[self._write(message)] = answered

    def ask_bus(
        self, method: str, signature: str, body: tuple[Any, ...], answered: Answered
    ) -> None:
        """Call the bus itself."""
        self.call(new_method_call(BUS, method, signature, body), answered)

    def match(self, rule: str) -> None:
        """Be told of signals that fit ``rule``."""
        self.ask_bus("AddMatch", "s", (rule,), _nothing)

    async def listen(self, heard: Callable[[Message], None]) -> None:
        """Give on every call and signal in order, until the other side is gone; then nobody waits for an answer."""
        with contextlib.suppress(OSError, EOFError):
            while True:
                message = await self._connection.receive()
                answered = self._asked.pop(_answers(message), None)
                (answered or heard)(message)
        asked, self._asked = self._asked, {}
        for forsaken in asked.values():
            forsaken(None)

    def close(self) -> None:
        """Hang up; :meth:`listen` ends by it."""
        self._connection.writer.close()

    def _write(self, message: Message) -> int:
        serial = next(self._connection.outgoing_serial)
        self._connection.writer.write(message.serialise(serial))
        return int(serial)


def is_return(message: Message | None) -> bool:
    """Whether an answer is none of the errors."""
    return message is not None and message.header.message_type is MessageType.method_return


def _answers(message: Message) -> int:
    """The serial of the call that this answers; 0 if it answers none."""
    if message.header.message_type not in (MessageType.method_return, MessageType.error):
        return 0
    return int(message.header.fields.get(HeaderFields.reply_serial, 0))


def _nothing(_answer: Message | None) -> None:
    """An answer that changes nothing."""

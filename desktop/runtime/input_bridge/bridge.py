"""IBus's portal on the session bus, as Qt's plugin asks it, with fcitx 4 behind it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Final

from jeepney import (
    DBusAddress,
    HeaderFields,
    Message,
    MessageFlag,
    MessageType,
    new_error,
    new_method_return,
    new_signal,
)

from desktop.runtime.input_bridge.bus_names import PORTAL
from desktop.runtime.input_bridge.context import InputContext
from desktop.runtime.input_bridge.dbus_line import DbusConnection
from desktop.runtime.input_bridge.fcitx_link import FcitxLink

_PORTAL_INTERFACE: Final = "org.freedesktop.IBus.Portal"
_CONTEXT: Final = "org.freedesktop.IBus.InputContext"
_SERVICE: Final = "org.freedesktop.IBus.Service"
_PROPERTIES: Final = "org.freedesktop.DBus.Properties"
_CONTEXT_PATH: Final = "/org/freedesktop/IBus/InputContext_"
_MOST_CONTEXTS: Final = 64
"""Of one program. Ours needs one."""
_NO_METHOD: Final = "org.freedesktop.DBus.Error.UnknownMethod"
_TOO_MANY: Final = "org.freedesktop.DBus.Error.LimitsExceeded"
_LEFT: Final = (
    "type='signal',sender='org.freedesktop.DBus',interface='org.freedesktop.DBus',"
    "member='NameOwnerChanged',arg2=''"
)
"""Somebody left the bus."""
_WITHOUT_MEANING: Final = frozenset(
    {"Enable", "Disable", "PropertyActivate", "SetEngine", "SetCapabilities", "SetSurroundingText"}
)
"""What Qt may say and fcitx 4 has no use for."""
_CARRIED: Final = {
    "CreateInputContext": "s",
    "ProcessKeyEvent": "uuu",
    "SetCursorLocation": "iiii",
    "SetCursorLocationRelative": "iiii",
    "Set": "ssv",
}
"""The signature of what a call carries, where it is looked at."""
Answer = tuple[str, tuple[Any, ...]]
"""Its signature and what it carries."""
_NOTHING: Final[Answer] = ("", ())


class Bridge:
    """``session`` is a line of its own to the session bus.

    Whoever calls on a context that was another's before gets one: when a bridge goes and the next one in the queue has
    the name, Qt is not told, and goes on with what it has.
    """

    def __init__(self, environment: Mapping[str, str], session: DbusConnection) -> None:
        self._session = session
        self._link = FcitxLink(environment, session, self)
        self._contexts: dict[tuple[str, str], InputContext] = {}
        self._count = 0
        self._named = asyncio.Event()

    async def serve(self, ready: Callable[[], None]) -> None:
        """Until the session bus goes. ``ready``: called once the name was asked for and fcitx looked for."""
        self._session.match(_LEFT)
        self._session.ask_bus("RequestName", "su", (PORTAL, 0), lambda _answer: self._named.set())
        tasks = (asyncio.create_task(self._link.keep()), asyncio.create_task(self._tell(ready)))
        try:
            await self._session.listen(self._hear)
        finally:
            for task in tasks:
                task.cancel()

    async def _tell(self, ready: Callable[[], None]) -> None:
        await self._named.wait()
        await self._link.looked.wait()
        ready()

    def link_up(self) -> None:
        """fcitx came."""
        for context in self._contexts.values():
            context.connect()

    def link_down(self) -> None:
        """fcitx went."""
        for context in self._contexts.values():
            context.disconnect()

    def on_signal(self, path: str, signal: str, body: tuple[Any, ...]) -> None:
        """A signal of fcitx, for one of the contexts."""
        for context in self._contexts.values():
            if context.path == path:
                context.on_signal(signal, body)
                return

    def _hear(self, message: Message) -> None:
        try:
            self._take(message)
        except (
            TypeError,
            ValueError,
            LookupError,
        ):  # not built as it should be: whoever sent it hears so
            if message.header.message_type is MessageType.method_call:
                self._refuse(message, _NO_METHOD)

    def _take(self, message: Message) -> None:
        if message.header.message_type is MessageType.method_call:
            self._called(message)
        elif message.header.message_type is MessageType.signal:
            self._forget_who_left(message)
            self._link.hear(message)

    def _called(self, call: Message) -> None:
        fields = call.header.fields
        interface, method = fields.get(HeaderFields.interface), fields[HeaderFields.member]
        if _CARRIED.get(method, "") not in ("", fields.get(HeaderFields.signature)):
            self._refuse(call, _NO_METHOD)
        elif interface == _PORTAL_INTERFACE and method == "CreateInputContext":
            self._create(call)
        elif not fields[HeaderFields.path].startswith(_CONTEXT_PATH):
            self._refuse(call, _NO_METHOD)
        elif interface == _CONTEXT and method == "ProcessKeyEvent":
            self._context_of(call).key(call.body, partial(self._answer_key, call))
        else:
            answer = self._answer_to_other(call, interface, method)
            if answer is None:
                self._refuse(call, _NO_METHOD)
            else:
                self._answer(call, *answer)

    def _create(self, call: Message) -> None:
        sender = call.header.fields[HeaderFields.sender]
        if sum(owner == sender for owner, _ in self._contexts) >= _MOST_CONTEXTS:
            self._refuse(call, _TOO_MANY)
            return
        self._count += 1
        path = f"{_CONTEXT_PATH}{self._count}"
        self._contexts[sender, path] = self._make(sender, path)
        self._answer(call, "o", (path,))

    def _make(self, sender: str, path: str) -> InputContext:
        address = DBusAddress(path, interface=_CONTEXT)

        def tell(signal: str, signature: str, body: tuple[Any, ...]) -> None:
            message = new_signal(address, signal, signature, body)
            message.header.fields[HeaderFields.destination] = sender
            self._session.send(message)

        return InputContext(self._link, tell)

    def _context_of(self, call: Message) -> InputContext:
        key = (call.header.fields[HeaderFields.sender], call.header.fields[HeaderFields.path])
        if key not in self._contexts:
            self._contexts[key] = self._make(*key)
        return self._contexts[key]

    def _answer_to_other(self, call: Message, interface: str | None, method: str) -> Answer | None:
        """What is answered to anything but a key; None if there is no such method."""
        if interface == _PROPERTIES:
            return self._property(call, method)
        if interface == _SERVICE and method == "Destroy":
            key = (call.header.fields[HeaderFields.sender], call.header.fields[HeaderFields.path])
            self._drop(key)
            return _NOTHING
        if interface != _CONTEXT:
            return None
        if method in _WITHOUT_MEANING:
            return _NOTHING
        if method == "IsEnabled":
            return "b", (True,)
        return self._moved(self._context_of(call), method, call.body)

    def _moved(self, context: InputContext, method: str, body: tuple[Any, ...]) -> Answer | None:
        if method in ("FocusIn", "FocusOut"):
            context.focus(here=method == "FocusIn")
        elif method == "Reset":
            context.reset()
        elif method in ("SetCursorLocation", "SetCursorLocationRelative"):
            context.place(body, relative=method.endswith("Relative"))
        else:
            return None
        return _NOTHING

    def _property(self, call: Message, method: str) -> Answer | None:
        if method != "Set":
            return None
        _, name, (_, value) = call.body
        if name == "ContentType":
            self._context_of(call).set_purpose(value[1])
        elif name == "ClientCommitPreedit":
            self._context_of(call).set_commits(commits=value[0])
        return _NOTHING

    def _forget_who_left(self, message: Message) -> None:
        fields = message.header.fields
        if fields.get(HeaderFields.member) != "NameOwnerChanged" or message.body[2]:
            return
        for key in [key for key in self._contexts if key[0] == message.body[0]]:
            self._drop(key)

    def _drop(self, key: tuple[str, str]) -> None:
        context = self._contexts.pop(key, None)
        if context is not None:
            context.destroy()

    def _answer_key(self, call: Message, taken: bool) -> None:  # noqa: FBT001 - the answer itself
        self._answer(call, "b", (taken,))

    def _answer(self, call: Message, signature: str, body: tuple[Any, ...]) -> None:
        if not call.header.flags & MessageFlag.no_reply_expected:
            self._session.send(new_method_return(call, signature or None, body))

    def _refuse(self, call: Message, error: str) -> None:
        if not call.header.flags & MessageFlag.no_reply_expected:
            self._session.send(new_error(call, error))

"""A session bus of the test's own, with a stand-in for fcitx 4 and one for Qt's plugin on it."""

from __future__ import annotations

import os
import select
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from jeepney import (
    DBusAddress,
    HeaderFields,
    Message,
    MessageType,
    new_method_call,
    new_method_return,
    new_signal,
)
from jeepney.io.blocking import DBusConnection, open_dbus_connection

from desktop.runtime.input_bridge.bus_names import BUS, PORTAL
from desktop.runtime.processes.helper_process import helper_command

FCITX = "org.fcitx.Fcitx-7"
DISPLAY = ":7.0"
PATIENCE = 10.0
_CONTEXT = "org.fcitx.Fcitx.InputContext"
_IBUS_CONTEXT = "org.freedesktop.IBus.InputContext"
_RELEASE = 1 << 30


@contextmanager
def private_bus(address: str = "") -> Iterator[str]:
    """The address of a bus that ends with the block; ``address`` where it is to be at a certain one."""
    words = ["dbus-daemon", "--session", "--nofork", "--print-address=1"]
    if address:
        words.append(f"--address={address}")
    process = subprocess.Popen(words, stdout=subprocess.PIPE)
    assert process.stdout is not None
    with process:
        try:
            yield process.stdout.readline().decode().strip()
        finally:
            process.kill()


class BridgeProcess:
    """The bridge as the program runs it."""

    def __init__(self, bus: str, home: Path, **variables: str) -> None:
        environment = dict(os.environ, DBUS_SESSION_BUS_ADDRESS=bus, DISPLAY=DISPLAY)
        environment |= {"HOME": str(home), "XDG_CONFIG_HOME": str(home / ".config")}
        environment.pop("FCITX_DBUS_ADDRESS", None)
        environment |= variables
        self.process = subprocess.Popen(
            helper_command("input"), stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment
        )
        assert self.process.stdout is not None
        self.process.stdout.read(4)  # it is ready

    def close(self) -> int:
        """The program goes."""
        assert self.process.stdin is not None
        self.process.stdin.close()
        try:
            return self.process.wait(PATIENCE)
        finally:
            self.process.kill()
            self.process.wait()
            assert self.process.stdout is not None
            self.process.stdout.close()


class FakeFcitx:
    """Takes letters and gives half words; space commits 赵六; what it heard is in ``heard``."""

    def __init__(self, bus: str, *, name: str = FCITX) -> None:
        self.heard: list[tuple[str, tuple[Any, ...]]] = []
        self.contexts = 0
        self.mute = False
        """Whether it lets keys wait for ever."""
        self.takes: Callable[[int], bool] = lambda sym: 97 <= sym <= 122 or sym == 32
        self._changed = threading.Condition()
        self._half = ""
        self._held: list[Message] = []
        self._connection = open_dbus_connection(bus)
        _ask(self._connection, new_method_call(BUS, "RequestName", "su", (name, 0)))
        self._wake, self._woken = os.pipe()
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    def close(self) -> None:
        """It dies."""
        os.close(self._woken)
        self._thread.join()
        os.close(self._wake)
        self._connection.close()

    def go(self) -> None:
        """Give up its name, as when it dies."""
        self._connection.send(new_method_call(BUS, "ReleaseName", "s", (FCITX,)))

    def come(self) -> None:
        """Take the name."""
        self._connection.send(new_method_call(BUS, "RequestName", "su", (FCITX, 0)))

    def signal(self, name: str, signature: str, body: tuple[Any, ...], context: int = 0) -> None:
        """Say something of a context, by default of the last."""
        path = f"/inputcontext_{context or self.contexts}"
        address = DBusAddress(path, interface=_CONTEXT)
        self._connection.send(new_signal(address, name, signature or None, body))

    def wait_for(self, method: str) -> tuple[Any, ...]:
        """What the first call of ``method`` carried."""
        return self.wait_for_all(method, 1)[0]

    def wait_for_all(self, method: str, count: int) -> list[tuple[Any, ...]]:
        """What the calls of ``method`` carried, once there are so many: a key may be answered before it is heard."""

        def bodies() -> list[tuple[Any, ...]]:
            return [body for heard, body in self.heard if heard == method]

        with self._changed:
            assert self._changed.wait_for(lambda: len(bodies()) >= count, PATIENCE), self.heard
            return bodies()

    def speak_again(self) -> None:
        """Answer what was left waiting."""
        self.mute = False
        held, self._held = self._held, []
        for call in held:
            self._answer(call)

    def _serve(self) -> None:
        with suppress(OSError, EOFError):
            while True:
                ready, _, _ = select.select([self._connection.sock, self._wake], [], [])
                if self._wake in ready:
                    return
                with suppress(TimeoutError):
                    while True:
                        self._take(self._connection.receive(timeout=0))

    def _take(self, call: Message) -> None:
        if call.header.message_type is not MessageType.method_call:
            return
        method = call.header.fields[HeaderFields.member]
        if self.mute:
            self._held.append(call)
        else:
            self._answer(call)
        with self._changed:
            self.heard.append((method, call.body))
            self._changed.notify_all()

    def _answer(self, call: Message) -> None:
        method = call.header.fields[HeaderFields.member]
        if method == "CreateICv3":
            self.contexts += 1
            body = (self.contexts, True, 32, 4, 0, 0)
            self._connection.send(new_method_return(call, "ibuuuu", body))
        elif method == "ProcessKeyEvent":
            taken = self._key(call.body[0], pressed=call.body[3] == 0)
            self._connection.send(new_method_return(call, "i", (int(taken),)))
        else:
            self._half = "" if method == "Reset" else self._half
            self._connection.send(new_method_return(call))

    def _key(self, sym: int, *, pressed: bool) -> bool:
        if not pressed or not self.takes(sym):
            return False
        if sym == 32 and self._half:
            self._half = ""
            self.signal("CommitString", "s", ("赵六",))
        elif sym != 32:
            self._half += chr(sym)
        else:
            return False
        self.signal("UpdateFormattedPreedit", "a(si)i", ([(self._half, 0)], len(self._half)))
        return True


class FakeQt:
    """Asks as Qt's plugin for IBus does."""

    def __init__(self, bus: str) -> None:
        self.connection = open_dbus_connection(bus)
        self.path = ""
        self._heard: list[Message] = []

    def create(self) -> str:
        """A context from whoever is the portal."""
        address = DBusAddress("/org/freedesktop/IBus", PORTAL, "org.freedesktop.IBus.Portal")
        call = new_method_call(address, "CreateInputContext", "s", ("QIBusInputContext",))
        (self.path,) = self._ask(call)
        return self.path

    def call(self, method: str, signature: str = "", body: tuple[Any, ...] = ()) -> tuple[Any, ...]:
        """Call the context and wait."""
        address = DBusAddress(self.path, PORTAL, _IBUS_CONTEXT)
        return self._ask(new_method_call(address, method, signature or None, body))

    def put(self, name: str, signature: str, value: tuple[Any, ...]) -> None:
        """Set a property."""
        address = DBusAddress(self.path, PORTAL, "org.freedesktop.DBus.Properties")
        body = (_IBUS_CONTEXT, name, (signature, value))
        self._ask(new_method_call(address, "Set", "ssv", body))

    def key(self, sym: int, code: int = 30, state: int = 0) -> bool:
        """Press a key; whether it was taken."""
        (taken,) = self.call("ProcessKeyEvent", "uuu", (sym, code, state))
        return bool(taken)

    def release(self, sym: int, code: int = 30) -> bool:
        """Let it go."""
        return self.key(sym, code, _RELEASE)

    def signals(self, last: str) -> list[tuple[str, Any]]:
        """What was said up to the first ``last``: names with the text or the numbers they carry."""
        said = []
        while True:
            message = self._heard.pop(0) if self._heard else self._receive()
            fields = message.header.fields
            if fields.get(HeaderFields.interface) != _IBUS_CONTEXT:
                continue
            assert fields[HeaderFields.path] == self.path
            name = fields[HeaderFields.member]
            said.append((name, _plain(message.body)))
            if name == last:
                return said

    def _ask(self, call: Message) -> tuple[Any, ...]:
        serial = next(self.connection.outgoing_serial)
        self.connection.send(call, serial=serial)
        while True:
            answer = self._receive()
            if answer.header.fields.get(HeaderFields.reply_serial) == serial:
                return _carried(answer)
            self._heard.append(answer)

    def _receive(self) -> Message:
        return self.connection.receive(timeout=PATIENCE)

    def close(self) -> None:
        """The window goes."""
        self.connection.close()


def owner_of(bus: str, name: str) -> int:
    """The process that has ``name``, 0 if none has."""
    with open_dbus_connection(bus) as connection:
        call = new_method_call(BUS, "GetConnectionUnixProcessID", "s", (name,))
        answer = connection.send_and_get_reply(call, timeout=PATIENCE)
    return answer.body[0] if answer.header.message_type is MessageType.method_return else 0


def _plain(body: tuple[Any, ...]) -> Any:
    """A text out of IBus's wrapping."""
    first, *rest = body
    if isinstance(first, tuple):
        return (first[1][2], *rest)
    return body


def _ask(connection: DBusConnection, call: Message) -> tuple[Any, ...]:
    answer = connection.send_and_get_reply(call, timeout=PATIENCE)
    return _carried(answer)


def _carried(answer: Message) -> tuple[Any, ...]:
    assert answer.header.message_type is MessageType.method_return, answer.header.fields
    return tuple(answer.body)

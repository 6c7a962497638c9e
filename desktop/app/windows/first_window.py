"""One window a profile: a second start brings the first one forward, and hands it the files it was given."""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket
from PySide6.QtWidgets import QApplication, QWidget

_NAME: Final = "window.sock"
_LONGEST_PATH: Final = 100
"""Octets that the path of a socket may have (``sun_path`` in unix(7)), less some."""
_MOST: Final = 1 << 16
"""Octets of a message; more files than that holds are opened by hand."""
_DONE: Final = b"ok\n"
_PATIENCE_MS: Final = 5000
_TOKEN: Final = "XDG_ACTIVATION_TOKEN"  # noqa: S105 - the desktop's leave to come forward, no secret
"""By it a desktop lets one window give the front to another (xdg-activation; Wayland asks for it)."""


def pass_files_to_first_window(
    root: Path, files: Iterable[Path], *, patience_ms: int = _PATIENCE_MS
) -> bool:
    """Ask the window that has the profile ``root`` open to come forward with ``files``; False if there is none, or
    none that answers within the patience."""
    socket = QLocalSocket()
    socket.connectToServer(_address(root))
    if not socket.waitForConnected(patience_ms):
        return False
    message = {
        "files": [str(path.absolute()) for path in files],
        "token": os.environ.get(_TOKEN, ""),
    }
    socket.write(json.dumps(message).encode() + b"\n")
    answered = socket.waitForReadyRead(patience_ms)
    found = answered and socket.readAll().data() == _DONE
    socket.disconnectFromServer()
    return found


class FirstWindow(QObject):
    """``called(paths)``: another start asked for the window, with these files, often none."""

    called = Signal(tuple)

    def __init__(self, root: Path, parent: QObject) -> None:
        super().__init__(parent)
        self._root = root
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._take)

    def listen(self) -> None:
        """From now on; only where the profile's folder is, and where its path is not too long for a socket. Nobody
        answered before, so whatever lies there is left from a crash."""
        address = _address(self._root)
        if self._server.isListening() or not self._root.is_dir():
            return
        if sys.platform != "win32" and len(os.fsencode(address)) > _LONGEST_PATH:
            return
        QLocalServer.removeServer(address)
        self._server.listen(address)

    def close(self) -> None:
        """Take no calls any more; the socket goes."""
        self._server.close()

    def _take(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.setReadBufferSize(_MOST)
            socket.disconnected.connect(socket.deleteLater)
            socket.readyRead.connect(lambda caller=socket: self._read(caller))
            if socket.canReadLine():
                self._read(socket)

    def _read(self, socket: QLocalSocket) -> None:
        if not socket.canReadLine():
            return
        try:
            message = json.loads(bytes(socket.readLine(_MOST).data()))
            files = tuple(Path(str(name)) for name in message["files"])
            token = str(message["token"])
        except (ValueError, KeyError, TypeError):
            socket.abort()
            return
        if token:
            os.environ[_TOKEN] = token
        socket.write(_DONE)
        socket.flush()
        self.called.emit(files)


def bring_forward(window: QWidget) -> None:
    """To the front, out of the task bar; a desktop that does not allow it marks the window there instead."""
    window.setWindowState(
        (window.windowState() & ~Qt.WindowState.WindowMinimized) | Qt.WindowState.WindowActive
    )
    window.raise_()
    window.activateWindow()
    QApplication.alert(window)


def _address(root: Path) -> str:
    if sys.platform == "win32":  # a pipe; pipes have names of their own, and no folder
        return "fanzha-" + hashlib.sha256(str(root.resolve()).casefold().encode()).hexdigest()[:32]
    return str(root.resolve() / _NAME)

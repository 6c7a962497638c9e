"""Windows that nobody sees: Qt's offscreen platform says of each of them that it cannot do what no one asked for."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from PySide6.QtCore import QMessageLogContext, QtMsgType, qFormatLogMessage, qInstallMessageHandler

_OF_NO_USE: Final = "This plugin does not support "


@contextmanager
def without_offscreen_remarks() -> Iterator[None]:
    """Leave those remarks out while the block runs. All else Qt has to say stands on standard error as ever."""

    def say(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
        if not message.startswith(_OF_NO_USE):
            sys.stderr.write(qFormatLogMessage(kind, context, message) + "\n")

    before = qInstallMessageHandler(say)
    try:
        yield
    finally:
        qInstallMessageHandler(before)

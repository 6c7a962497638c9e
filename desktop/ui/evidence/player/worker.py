"""The player: decodes in a process of its own, sounds through the speakers, sends pictures to the desk.

The most attacked decoders of all are those of sound and video. Here they have bounded memory, write no file, reach no
network and see one recording, piece by piece, through a pipe.
"""

from __future__ import annotations

import json
import os
import sys
from typing import Any, Final

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtGui import QGuiApplication

from desktop.runtime.processes.confinement import confine
from desktop.runtime.processes.helper_process import desk_pipes
from desktop.runtime.processes.talking_helper import Talker
from desktop.ui.evidence.player.messages import COMMAND, OCTETS, STATE
from desktop.ui.evidence.player.remote_device import OctetSource

_MEMORY: Final = 4 << 30
"""Octets of address space, not of memory: decoders reserve a stack for each thread."""


class _Ear(QObject):
    """Brings commands from the listening thread to the thread of the player."""

    commanded = Signal(dict)
    gone = Signal()


def main() -> int:
    """Play until the desk goes away."""
    pipes = desk_pipes()
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ["QT_FFMPEG_DECODING_HW_DEVICE_TYPES"] = (
        ","  # decoders of drivers are outside our limits
    )
    os.environ["QT_LOGGING_RULES"] = "*=false"
    if (
        "XDG_RUNTIME_DIR" not in os.environ
    ):  # the library of sound would make itself a place in the user's home
        os.environ.setdefault("PULSE_RUNTIME_PATH", f"{os.devnull}/nowhere")
    confine(_MEMORY)
    talker = Talker(*pipes)
    application = QGuiApplication(sys.argv[:1])
    try:
        from desktop.ui.evidence.player.playback import Playback  # noqa: PLC0415 - needs libraries a PC may lack
    except ImportError:
        talker.say(STATE, json.dumps({"error": "no_player"}).encode())
        return 1
    desk, ear = OctetSource(talker), _Ear()
    playback = Playback(talker, desk)
    ear.commanded.connect(playback.obey)
    ear.gone.connect(application.quit)

    def heard(kind: bytes, body: bytes) -> None:
        if kind == OCTETS:
            desk.answered(body)
        elif kind == COMMAND:
            ear.commanded.emit(_command(body))

    talker.listen(heard, ear.gone.emit)
    QCoreApplication.exec()
    os._exit(0)  # a decoder that hangs must not keep the process


def _command(body: bytes) -> dict[str, Any]:
    found = json.loads(body)
    return found if isinstance(found, dict) else {}

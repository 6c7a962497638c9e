"""The build's own libraries record sound and play it: what a player or recorder needs was not left out with the rest.

The frozen program takes no script, so the build's PySide6 is given to the interpreter it was made with. PulseAudio
plays a tone into nothing and gives it back as a microphone.
"""

from __future__ import annotations

import array
import os
import shutil
import subprocess
import sys
import wave
from collections.abc import Iterator
from pathlib import Path

import PySide6
import pytest
import shiboken6

pytestmark = [
    pytest.mark.packaging,
    pytest.mark.skipif(shutil.which("pulseaudio") is None, reason="needs pulseaudio"),
]
BUILT = Path(__file__).parents[2] / "dist" / "fanzha" / "_internal"
SERVER = (
    "pulseaudio", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no", "-n",
    "--load=module-null-sink sink_name=nowhere",
    "--load=module-sine sink=nowhere frequency=440",
    "--load=module-remap-source master=nowhere.monitor source_name=microphone",
)  # fmt: skip
TRIAL = """
import sys
from pathlib import Path
from PySide6 import QtMultimedia
from PySide6.QtCore import QCoreApplication, QTimer, QUrl
from PySide6.QtMultimedia import (QAudioInput, QAudioOutput, QMediaCaptureSession, QMediaDevices, QMediaFormat,
                                  QMediaPlayer, QMediaRecorder)
assert Path(QtMultimedia.__file__).is_relative_to(sys.argv[1]), QtMultimedia.__file__
target = QUrl.fromLocalFile(sys.argv[2])
app = QCoreApplication([])
session, recorder, player = QMediaCaptureSession(), QMediaRecorder(), QMediaPlayer()
microphone = QAudioInput(QMediaDevices.defaultAudioInput())
session.setAudioInput(microphone)
speaker = QAudioOutput()
player.setAudioOutput(speaker)
session.setRecorder(recorder)
kind = QMediaFormat(QMediaFormat.FileFormat.Wave)
kind.setAudioCodec(QMediaFormat.AudioCodec.Wave)
recorder.setMediaFormat(kind)
recorder.setOutputLocation(target)
recorder.durationChanged.connect(lambda past: recorder.stop() if past > 1000 else None)
def play(state):
    if state == QMediaRecorder.RecorderState.StoppedState:
        player.setSource(target)
        player.play()
recorder.recorderStateChanged.connect(play)
player.mediaStatusChanged.connect(
    lambda status: app.quit() if status == QMediaPlayer.MediaStatus.EndOfMedia else None)
for part in (recorder, player):
    part.errorOccurred.connect(lambda code, text: app.exit(3))
QTimer.singleShot(30_000, lambda: app.exit(4))
recorder.record()
status = app.exec()
print(player.duration())
sys.exit(status)
"""


@pytest.fixture
def sound(tmp_path: Path) -> Iterator[dict[str, str]]:
    """A sound server of the test's own, and the environment that reaches it."""
    run = tmp_path / "run"
    run.mkdir(mode=0o700)
    socket = run / "native"
    environment = {
        **os.environ, "XDG_RUNTIME_DIR": str(run), "HOME": str(tmp_path),
        "PULSE_SERVER": f"unix:{socket}", "QT_QPA_PLATFORM": "offscreen",
    }  # fmt: skip
    command = [*SERVER, f"--load=module-native-protocol-unix socket={socket} auth-anonymous=1"]
    with subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL) as server:
        try:
            asked = ["pactl", "--server", f"unix:{socket}", "set-default-source", "microphone"]
            for _ in range(100):
                if not subprocess.run(asked, check=False, capture_output=True).returncode:
                    break
                subprocess.run(["sleep", "0.1"], check=True)
            yield environment
        finally:
            server.terminate()


def with_build(folder: Path) -> Path:
    """The build's PySide6 with the Python files that the program keeps in its archive."""
    for package in (PySide6, shiboken6):
        name, source = package.__name__, Path(str(package.__file__)).parent
        shutil.copytree(BUILT / name, folder / name, symlinks=True)
        for file in source.glob("*.py"):
            shutil.copy(file, folder / name)
    return folder


def test_sound_is_recorded_and_played(sound: dict[str, str], tmp_path: Path) -> None:
    assert BUILT.is_dir(), "packaging/build comes first"
    libraries = with_build(tmp_path / "libraries")
    target = tmp_path / "录音.wav"
    done = subprocess.run(
        [sys.executable, "-c", TRIAL, str(libraries), str(target)],
        env={**sound, "PYTHONPATH": str(libraries)},
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    with wave.open(str(target)) as recorded:
        seconds = recorded.getnframes() / recorded.getframerate()
        loudness = max(array.array("h", recorded.readframes(recorded.getnframes())))
    assert seconds >= 1
    assert loudness > 1000, "a tone, not silence"
    assert int(done.stdout) >= 1000

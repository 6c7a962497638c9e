"""Playing one recording: steered by commands, telling its state, its pictures and the shape of its sound."""

from __future__ import annotations

import json
from array import array
from typing import Any, Final

from PySide6.QtCore import QObject, QSize, Qt, QTimer
from PySide6.QtGui import QImage
from PySide6.QtMultimedia import (
    QAudioBuffer,
    QAudioDecoder,
    QAudioFormat,
    QAudioOutput,
    QMediaMetaData,
    QMediaPlayer,
    QVideoFrame,
    QVideoSink,
)

from desktop.runtime.processes.talking_helper import Talker
from desktop.ui.evidence.player.messages import FRAME, FRAME_HEAD, MOST_FRAME, STATE, WAVE
from desktop.ui.evidence.player.remote_device import OctetSource, RemoteDevice

RATE: Final = 8000
"""Samples a second that are looked at: enough for a shape."""
_FIRST_STEP: Final = RATE // 50  # 20 ms
_MOST: Final = 4000
_LOUDEST: Final = 32768


class Peaks:
    """Takes samples (mono, 16 bits, :data:`RATE`) and keeps the loudest of each step.

    Steps double when there are many.
    """

    def __init__(self) -> None:
        self._step = _FIRST_STEP
        self._peaks: list[int] = []
        self._open = 0
        self._filled = 0

    @property
    def step_ms(self) -> int:
        """Milliseconds of a step."""
        return self._step * 1000 // RATE

    @property
    def percents(self) -> list[int]:
        """The loudest of each step, 0 to 100."""
        return [peak * 100 // _LOUDEST for peak in self._peaks]

    def take(self, samples: array[int]) -> None:
        """The samples that follow."""
        at = 0
        while at < len(samples):
            part = samples[at : at + self._step - self._filled]
            loudest, lowest = max(part), min(part)
            self._open = max(self._open, loudest, -lowest)
            self._filled += len(part)
            at += len(part)
            if self._filled >= self._step:
                self._close()

    def _close(self) -> None:
        self._peaks.append(self._open)
        self._open = self._filled = 0
        if len(self._peaks) >= _MOST:
            pairs = zip(self._peaks[::2], self._peaks[1::2], strict=False)
            self._peaks = [max(pair) for pair in pairs]
            self._step *= 2


_TICK_MS: Final = 100
_WAVE_MS: Final = 400
_MOST_WAVE: Final = 1 << 30
"""Octets of a recording whose sound is read through for its shape."""
_ROOM: Final = QSize(1280, 720)


class Playback(QObject):
    """Obeys the desk. One recording in its life."""

    def __init__(self, talker: Talker, desk: OctetSource) -> None:
        super().__init__()
        self._talker = talker
        self._desk = desk
        self._room = _ROOM
        self._free = True
        self._late: QVideoFrame | None = None
        self._error = ""
        self._peaks = Peaks()
        self._reported = 0
        self._wave_over = False
        self._player = QMediaPlayer(self)
        self._sound = QAudioOutput(self)
        self._player.setAudioOutput(self._sound)
        self._sink = QVideoSink(self)
        self._player.setVideoSink(self._sink)
        self._sink.videoFrameChanged.connect(self._pictured)
        self._player.errorOccurred.connect(self._failed)
        self._player.mediaStatusChanged.connect(self._changed)
        self._decoder = QAudioDecoder(self)
        self._decoder.bufferReady.connect(self._heard)
        self._decoder.finished.connect(self._wave_ended)
        self._tick = QTimer(self)
        self._tick.setInterval(_TICK_MS)
        self._tick.timeout.connect(self._tell)
        self._waves = QTimer(self)
        self._waves.setInterval(_WAVE_MS)
        self._waves.timeout.connect(self._tell_wave)

    def obey(self, command: dict[str, Any]) -> None:
        """Do what the desk says; what is not understood is not done."""
        match command:
            case {"do": "open", "size": int(size)}:
                self._open(size)
            case {"do": "play"}:
                self._play()
            case {"do": "pause"}:
                self._player.pause()
            case {"do": "seek", "ms": int(moment)}:
                self._player.setPosition(max(0, moment))
            case {"do": "speed", "percent": int(percent)}:
                self._player.setPlaybackRate(min(max(percent, 25), 400) / 100)
            case {"do": "room", "width": int(width), "height": int(height)}:
                self._room = QSize(max(width, 16), max(height, 16))
            case {"do": "ready"}:
                self._free = True
                self._send_late()
        self._tell()

    def _open(self, size: int) -> None:
        if not self._player.isAvailable():  # the library is here, what decodes for it is not
            self._error = "no_player"
            return
        self._device = RemoteDevice(self._desk, size)
        self._player.setSourceDevice(self._device)
        self._player.pause()  # shows the first picture
        self._tick.start()
        if size <= _MOST_WAVE:
            self._second = RemoteDevice(self._desk, size)
            shape = QAudioFormat()
            shape.setSampleRate(RATE)
            shape.setChannelCount(1)
            shape.setSampleFormat(QAudioFormat.SampleFormat.Int16)
            self._decoder.setAudioFormat(shape)
            self._decoder.setSourceDevice(self._second)

    def _play(self) -> None:
        if self._player.mediaStatus() is QMediaPlayer.MediaStatus.EndOfMedia:
            self._player.setPosition(0)
        self._player.play()

    def _changed(self, status: QMediaPlayer.MediaStatus) -> None:
        if status is QMediaPlayer.MediaStatus.InvalidMedia:
            self._error = self._error or "recording"
        loaded = status in {
            QMediaPlayer.MediaStatus.LoadedMedia,
            QMediaPlayer.MediaStatus.BufferedMedia,
        }
        if (
            loaded
            and self._player.hasAudio()
            and not self._waves.isActive()
            and not self._wave_over
        ):
            self._decoder.start()
            self._waves.start()
        self._tell()

    def _failed(self, _error: QMediaPlayer.Error, _text: str) -> None:
        self._error = "recording"
        self._tell()

    def _tell(self) -> None:
        playing = self._player.playbackState() is QMediaPlayer.PlaybackState.PlayingState
        rate = self._player.metaData().value(QMediaMetaData.Key.VideoFrameRate)
        state = {
            "position": self._player.position(),
            "duration": self._player.duration(),
            "playing": playing,
            "video": self._player.hasVideo(),
            "audio": self._player.hasAudio(),
            "rate": round(rate * 1000) if isinstance(rate, float) else 0,
            "error": self._error,
        }
        self._talker.say(STATE, json.dumps(state).encode())

    def _pictured(self, frame: QVideoFrame) -> None:
        """The newest picture goes out when the desk has taken the last one; those between are not missed."""
        self._late = QVideoFrame(frame)
        self._send_late()

    def _send_late(self) -> None:
        frame, self._late = self._late, None if self._free else self._late
        if frame is None or not self._free or not frame.isValid():
            return
        if frame.width() * frame.height() > MOST_FRAME * 4:
            self._error = "frame_too_large"
            return
        image = frame.toImage()
        if image.isNull():
            return
        self._free = False
        self._send(image, frame.startTime() // 1000)

    def _send(self, image: QImage, moment: int) -> None:
        if image.width() > self._room.width() or image.height() > self._room.height():
            image = image.scaled(
                self._room,
                Qt.AspectRatioMode.KeepAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
        image = image.convertToFormat(QImage.Format.Format_RGB32)
        head = FRAME_HEAD.pack(image.width(), image.height(), moment)
        self._talker.say(FRAME, head + bytes(image.constBits()))

    def _heard(self) -> None:
        buffer: QAudioBuffer = self._decoder.read()
        if buffer.isValid() and buffer.byteCount():
            data = bytes(buffer.constData())[: buffer.byteCount()]
            self._peaks.take(array("h", data[: len(data) // 2 * 2]))

    def _tell_wave(self) -> None:
        percents = self._peaks.percents
        if len(percents) != self._reported:
            self._reported = len(percents)
            wave = {"step_ms": self._peaks.step_ms, "peaks": percents}
            self._talker.say(WAVE, json.dumps(wave).encode())
        if self._wave_over:
            self._waves.stop()

    def _wave_ended(self) -> None:
        self._wave_over = True
        self._tell_wave()

"""The cameras of this computer by way of QtMultimedia, which is loaded when one is wanted and not before.

Pictures are shown and looked at for codes; none is kept and none is written anywhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCameraPermission, QCoreApplication, QObject, Qt, QTimer

from desktop.ui.shared.kit.cameras import CameraTrouble, FrameSource

if TYPE_CHECKING:
    from PySide6.QtMultimedia import (
        QCamera,
        QCameraDevice,
        QCameraFormat,
        QMediaCaptureSession,
        QVideoSink,
    )

_PERIOD_MS = 80
"""Between two pictures: a dozen a second look alive, and turning each into RGB costs the window little."""
_WIDEST = 1920
"""Dots across; a code on a whole page needs a thousand, more only makes each picture slower."""
_SLOWEST = 10.0
"""Pictures a second below which a larger picture is no gain."""


class QtCamera(FrameSource):
    """The camera with the most dots up to full HD; document cameras stand beside the built-in one, see :meth:`turn`."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._camera: QCamera | None = None
        self._session: QMediaCaptureSession | None = None
        self._sink: QVideoSink | None = None
        self._place = 0
        self._names: tuple[str, ...] = ()
        self._fresh = False
        self._timer = QTimer(self)
        self._timer.setInterval(_PERIOD_MS)
        self._timer.timeout.connect(self._give)

    @property
    def names(self) -> tuple[str, ...]:
        """The one in use comes first."""
        return self._names[self._place :] + self._names[: self._place]

    def start(self) -> None:
        """Ask the system for the right, then begin."""
        application = QCoreApplication.instance()
        permission = QCameraPermission()
        if application is None:
            return
        match application.checkPermission(permission):
            case Qt.PermissionStatus.Granted:
                self._begin()
            case Qt.PermissionStatus.Denied:
                self.troubled.emit(CameraTrouble.REFUSED)
            case _:
                application.requestPermission(permission, self, self._answered)

    def stop(self) -> None:
        """Let go of the camera."""
        self._timer.stop()
        if self._camera is not None:
            self._camera.stop()
            self._camera.deleteLater()
        self._camera = None

    def turn(self) -> None:
        """Use the next camera."""
        self._place = (self._place + 1) % max(len(self._names), 1)
        self.stop()
        self.start()

    def _answered(self, permission: QCameraPermission) -> None:
        application = QCoreApplication.instance()
        granted = Qt.PermissionStatus.Granted
        if application is not None and application.checkPermission(permission) is granted:
            self._begin()
        else:
            self.troubled.emit(CameraTrouble.REFUSED)

    def _begin(self) -> None:
        try:
            from PySide6.QtMultimedia import (  # noqa: PLC0415 - needs libraries a PC may lack
                QCamera,
                QMediaCaptureSession,
                QMediaDevices,
                QVideoSink,
            )
        except ImportError:
            self.troubled.emit(CameraTrouble.MISSING)
            return
        if not backend_loads():
            self.troubled.emit(CameraTrouble.MISSING)
            return
        devices = QMediaDevices.videoInputs()
        if not devices:
            self.troubled.emit(CameraTrouble.NONE)
            return
        self._names = tuple(device.description() for device in devices)
        self._place %= len(devices)
        device = devices[self._place]
        self.stop()
        if self._session is None:
            self._session, self._sink = QMediaCaptureSession(self), QVideoSink(self)
            self._sink.videoFrameChanged.connect(self._arrived)
            self._session.setVideoSink(self._sink)
        self._camera = QCamera(device, self)
        chosen = best_format(device)
        if chosen is not None:
            self._camera.setCameraFormat(chosen)
        self._camera.errorOccurred.connect(self._failed)
        self._session.setCamera(self._camera)
        self._camera.start()
        self._timer.start()

    def _arrived(self) -> None:
        self._fresh = True

    def _give(self) -> None:
        """Only the newest picture is turned into RGB; those between two looks never are."""
        if not self._fresh or self._sink is None:
            return
        self._fresh = False
        image = self._sink.videoFrame().toImage()
        if not image.isNull():
            self.framed.emit(image)

    def _failed(self) -> None:
        self.stop()
        self.troubled.emit(CameraTrouble.FAILED)


def best_format(device: QCameraDevice) -> QCameraFormat | None:
    """The most dots up to full HD at a bearable rate; None leaves it to the camera."""
    fit = [
        one
        for one in device.videoFormats()
        if one.resolution().width() <= _WIDEST and one.maxFrameRate() >= _SLOWEST
    ]
    return max(fit, key=_dots, default=None)


def _dots(one: QCameraFormat) -> tuple[int, float]:
    return one.resolution().width() * one.resolution().height(), one.maxFrameRate()


def backend_loads() -> bool:
    """Whether QtMultimedia finds what plays and captures; without it there is no camera and no word of why."""
    try:
        from PySide6.QtMultimedia import QMediaFormat  # noqa: PLC0415 - as above
    except ImportError:
        return False
    return bool(QMediaFormat().supportedFileFormats(QMediaFormat.ConversionMode.Decode))


def camera_count() -> int:
    """How many cameras this computer has."""
    from PySide6.QtMultimedia import QMediaDevices  # noqa: PLC0415 - as above

    return len(QMediaDevices.videoInputs())


def open_camera(parent: QObject) -> FrameSource:
    """The cameras of this computer."""
    return QtCamera(parent)

"""The page of a recording, as tests look at it."""

from __future__ import annotations

from desktop.ui.evidence.player.page import RecordingPage


def moment_shown(page: RecordingPage) -> int:
    """When in the film the picture in front is, in milliseconds."""
    return page._moment


def peaks_drawn(page: RecordingPage) -> tuple[int, ...]:
    """How loud each part of the sound is, as the wave below it shows."""
    return page.wave._wave.peaks

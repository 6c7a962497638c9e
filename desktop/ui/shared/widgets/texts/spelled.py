"""A fingerprint as it is said on the telephone: a word for every character, so that B and D are never confused."""

from __future__ import annotations

from desktop.domain.ids import DeviceId
from desktop.sealing.fingerprint import grouped
from desktop.ui.shared.kit.kit import Kit


def spelled(kit: Kit, device: DeviceId) -> str:
    """A line for each group of four."""
    words = kit.texts
    lines = []
    for group in grouped(device).split("-"):
        said = words.text("trust.pause").join(words.text(f"trust.say.{mark}") for mark in group)
        lines.append(words.text("trust.spelled", group=group, said=said))
    return "\n".join(lines)

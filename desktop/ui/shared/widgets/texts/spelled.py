"""A fingerprint as it is said on the telephone: a word for every character, so that B and D are never confused."""

from __future__ import annotations

from desktop.domain.ids import DeviceId
from desktop.sealing.fingerprint import grouped
from desktop.ui.shared.kit.kit import Kit


def spelled(kit: Kit, device: DeviceId) -> str:
    """A line for each group of four."""
    texts = kit.texts
    lines = []
    for group in grouped(device).split("-"):
        spoken = texts.text("trust.pause").join(texts.text(f"trust.say.{mark}") for mark in group)
        lines.append(texts.text("trust.spelled", group=group, said=spoken))
    return "\n".join(lines)

"""Letting a stick go: everything on it is written out, and the system no longer uses it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

from desktop.runtime.processes.confinement import helper_environment

_PATIENCE_S: Final = 30


def can_eject() -> bool:
    """Whether this system can be asked to let a stick go."""
    return sys.platform == "win32" or shutil.which("udisksctl") is not None


def eject(root: Path, device: str) -> bool:
    """Unmount the medium mounted at ``root``; False when the system would not, because a file on it is still open, say.

    ``device``: its block device where the system names one.
    """
    command = _windows(root) if sys.platform == "win32" else _linux(device)
    try:
        done = subprocess.run(  # noqa: S603 - our own words and a drive the system named
            command,
            check=False,
            capture_output=True,
            timeout=_PATIENCE_S,
            env=helper_environment(),
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def _linux(device: str) -> list[str]:
    return ["udisksctl", "unmount", "--no-user-interaction", "--block-device", device]


def _windows(root: Path) -> list[str]:
    letter = root.drive
    script = (
        f"(New-Object -ComObject Shell.Application).Namespace(17).ParseName('{letter}')"
        ".InvokeVerb('Eject'); Start-Sleep -Seconds 3; "
        f"if (Test-Path '{letter}\\') {{ exit 1 }}"
    )
    return ["powershell", "-NoProfile", "-NonInteractive", "-Command", script]

"""What a safety copy holds, as it is told before anything is restored from it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

SUFFIX: Final = ".fzbackup"


@dataclass(frozen=True, slots=True)
class BackupSummary:
    """Whose it is and when it was made; of ``evidence`` pieces ``missing`` lie no longer beside it."""

    device: str
    unit_name: str
    letter: str
    made_at: datetime
    evidence: int
    missing: int

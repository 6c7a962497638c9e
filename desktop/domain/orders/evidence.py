"""What a request for evidence says (调取证据通知书, 程序规定 Art. 62): from whom, what, until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class EvidenceTerms:
    """``holder``: 证据持有人. ``electronic``: the holder is to attach an integrity value or a note on protection."""

    holder: str = ""
    address: str = ""
    wanted: str = ""
    due_at: datetime | None = None
    electronic: bool = True
    about: str = ""
    """The account, number or address it is about, as recorded in the case."""

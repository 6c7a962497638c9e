"""Read what somebody pasted. Nothing is recorded: proposals become facts when an officer accepts them."""

from __future__ import annotations

from desktop.domain.errors import UserInputError
from desktop.domain.statements.proposal import Extraction
from desktop.services.session import Session

LONGEST = 2_000_000
"""Characters; a novel has fewer, and no chat shown at a counter comes near."""


def read_pasted(session: Session, text: str) -> Extraction:
    """What ``text`` proposes, now. Raises ``UserInputError("paste.too_long")``; the clipboard still has the text."""
    if len(text) > LONGEST:
        raise UserInputError("paste.too_long", most=LONGEST)
    return session.reader.read(text, session.clock.now())

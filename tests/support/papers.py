"""Papers of a case as tests fill them in."""

from __future__ import annotations

from desktop.domain.ids import PaperId
from desktop.services.papers.show_paper import shown_texts
from desktop.services.session import Session


def empty_places(session: Session, paper: PaperId) -> tuple[str, ...]:
    """Places of a draft in which nothing stands."""
    return tuple(key for key, text in shown_texts(session, paper).items() if not text.strip())

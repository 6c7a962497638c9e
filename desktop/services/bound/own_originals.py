"""Who knows the original of a unit's own file."""

from __future__ import annotations

from desktop.domain.installation.bound_files import FORMS
from desktop.services.ports import Originals
from desktop.services.session import Session


def originals_of(session: Session, path: str) -> tuple[Originals, str]:
    """Of templates and wordings whoever prints by them, of questions and rules whoever reads them; and the name by
    which they know the file."""
    if path.startswith(FORMS):
        return session.own_forms, path.removeprefix(FORMS)
    return session.own_tables, path

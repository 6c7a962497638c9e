"""A template, a wording or a rule that was changed outside the program becomes the unit's own."""

from __future__ import annotations

from typing import Final

from desktop.domain.errors import RuleError, UserInputError
from desktop.domain.installation.bound_files import FORMS, PROFILE, SETTINGS, digest_of, is_own_file
from desktop.domain.installation.officer import Permission
from desktop.journal.kinds import FILE_APPROVED
from desktop.services.bound.bind_files import original_of
from desktop.services.bound.bound_texts import bindings, bound_files
from desktop.services.ports import Pdf, TrialFacts
from desktop.services.session import Session

NO_PAGES: Final = Pdf(b"", 0)


def trial_pages(session: Session, path: str, content: str) -> Pdf:
    """The forms that ``content`` would change, filled with an invented case; without pages for what is no form.

    Raises as :func:`approve_file`.
    """
    session.require(Permission.APPROVE_FILES)
    _require_own(path)
    session.bound.check(path, content)
    if not path.startswith(FORMS):
        return NO_PAGES
    facts = TrialFacts(session.profile, session.officer, session.clock.now(), session.rules)
    return session.own_forms.try_file(path.removeprefix(FORMS), content, facts)


def approve_file(session: Session, path: str, content: str | None) -> str:
    """Follow ``content`` from now on, which is what a person looked at; None: no such file any more. Returns its
    digest, "" for None. The disk says the same afterwards.

    Raises:
        RuleError: ``rights.missing``; ``bound.not_approvable``: profile and settings are never approved.
        UserInputError: ``bound.unknown`` for a path that steers nothing, or the removal of what is not bound;
            ``bound.unfit`` for a text that would not be used.
        WorldError: as the disk does; the text is bound already, the next sign-in writes it.
    """
    session.require(Permission.APPROVE_FILES)
    _require_own(path)
    if content is not None:
        trial_pages(session, path, content)
    with session.store.write() as transaction:
        known = bound_files(transaction, session.profile.device).get(path)
        if content is None and (known is None or known.text is None):
            raise UserInputError("bound.unknown", file=path)
        made_from = "" if content is None else original_of(session, path, content, known)
        device = session.profile.device
        for entry in bindings(device, path, known, content, FILE_APPROVED, made_from):
            transaction.append(session.officer.number, entry)
    session.bound.write(path, content, known.text if known is not None else None)
    return "" if content is None else digest_of(content)


def _require_own(path: str) -> None:
    if path in (PROFILE, SETTINGS):
        raise RuleError("bound.not_approvable", file=path)
    if not is_own_file(path):
        raise UserInputError("bound.unknown", file=path)

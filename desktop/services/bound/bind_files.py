"""Bind what stands when nothing is bound yet, and what the program itself writes anew."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.domain.installation.bound_files import BoundFile, FoundFile, is_own_file
from desktop.journal.kinds import FILE_BOUND
from desktop.services.bound.bound_texts import bindings, bound_files
from desktop.services.bound.own_originals import originals_of
from desktop.services.session import Session


def bind_present_files(session: Session, found: Mapping[str, FoundFile]) -> tuple[str, ...]:
    """Bind every file that lies there and can be read, all of them or none; returns their paths. For the first sign-in
    with a program that binds; afterwards nothing is bound by lying there."""
    texts = {path: file.text for path, file in sorted(found.items()) if file.text is not None}
    with session.store.write() as transaction:
        device = session.profile.device
        for path, content in texts.items():
            for entry in bindings(device, path, None, content, FILE_BOUND):
                transaction.append(session.officer.number, entry)
    return tuple(texts)


def bind_text(session: Session, path: str, content: str) -> str | None:
    """Follow ``content`` from now on, whatever lies on the disk; nothing where it is followed already. Returns what was
    followed before."""
    with session.store.write() as transaction:
        known = bound_files(transaction, session.profile.device).get(path)
        if known is None or known.text != content:
            made_from = original_of(session, path, content, known)
            device = session.profile.device
            for entry in bindings(device, path, known, content, FILE_BOUND, made_from):
                transaction.append(session.officer.number, entry)
    return known.text if known is not None else None


def bind_own(session: Session, path: str, content: str) -> None:
    """Bind what the program writes at the wish of the officer signed in, and write it. A crash in between leaves the
    former file, which the next sign-in brings up to date. Raises ``WorldError`` as the disk does."""
    former = bind_text(session, path, content)
    session.bound.write(path, content, former)


def original_of(session: Session, path: str, content: str, known: BoundFile | None) -> str:
    """The shipped text that a unit's own file was made from; "" for every other file."""
    if not is_own_file(path):
        return ""
    former, original = (known.text, known.original) if known is not None else (None, "")
    originals, name = originals_of(session, path)
    return originals.based_on(name, content, former, original)

"""What became of the originals of a unit's own files, and what the unit decides about it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from desktop.domain.errors import UserInputError
from desktop.domain.installation.bound_files import (
    FORMS,
    PHRASES,
    BoundFile,
    EarlierText,
    digest_of,
    is_own_file,
)
from desktop.domain.installation.officer import Permission
from desktop.domain.text.three_way import Place
from desktop.journal.kinds import FILE_APPROVED
from desktop.services.bound.approve_file import NO_PAGES
from desktop.services.bound.bound_texts import bindings, bound_files, earlier_text
from desktop.services.bound.own_originals import originals_of
from desktop.services.ports import Pdf, Reader, Transaction, TrialFacts
from desktop.services.session import Session


@dataclass(frozen=True, slots=True)
class OwnForm:
    """A template, wording, questions or rules of the unit. ``text`` None: what is shipped is used again. ``places``:
    the whole text beside its original. ``fault``: why it is not used, in its reader's words. ``returnable``: there is
    an earlier version to go back to."""

    path: str
    text: str | None
    places: tuple[Place, ...]
    fault: str = ""
    returnable: bool = False

    @property
    def open(self) -> tuple[int, ...]:
        """Positions of the places where the original changed, which nobody decided about."""
        return tuple(at for at, place in enumerate(self.places) if place.open)

    @property
    def known(self) -> bool:
        """Whether it is known of all open places what the original was."""
        return all(self.places[at].known for at in self.open)

    @property
    def own_changes(self) -> int:
        """At how many places only the unit changed something."""
        return sum(not item.open and item.own != item.now for item in self.places)

    @property
    def comparison(self) -> str:
        """Tells one comparison from another: who decides says which one was looked at."""
        texts = (text for item in self.places for text in (item.now, item.own))
        return digest_of("\0".join(texts))


def own_forms(session: Session) -> tuple[OwnForm, ...]:
    """All templates, wordings, questions and rules of this unit, by path. Anybody may see them."""
    device = session.profile.device
    with session.store.read() as reader:
        bound = bound_files(reader, device)
        own = {path: file for path, file in sorted(bound.items()) if is_own_file(path)}
        earlier = {path: earlier_text(reader, device, path) for path in own}
    faults = {FORMS + name: fault for name, fault in session.own_forms.faults()}
    return tuple(
        _own_form(session, file, faults.get(path, ""), returnable=earlier[path] is not None)
        for path, file in own.items()
        if file.text is not None or earlier[path] is not None
    )


def own_form(session: Session, path: str) -> OwnForm:
    """One of them. Raises ``UserInputError("bound.unknown")``."""
    for form in own_forms(session):
        if form.path == path:
            return form
    raise UserInputError("bound.unknown", file=path)


def trial_taken(session: Session, path: str, taken: Collection[int], comparison: str) -> Pdf:
    """Test pages of what :func:`take_originals` would make. Raises as it does."""
    session.require(Permission.APPROVE_FILES)
    with session.store.read() as reader:
        known = _bound(session, reader, path)
    return _trial(session, path, _with_taken(session, path, known, taken, comparison))


def take_originals(session: Session, path: str, taken: Collection[int], comparison: str) -> str:
    """Take over what the original says today at the places of these positions and keep the unit's own everywhere else;
    from now on the original of today is the one it was made from. ``comparison``: the one that was looked at. Returns
    the digest of the text that is used, "" for the shipped one.

    Raises:
        RuleError: ``rights.missing``.
        UserInputError: ``bound.unknown``; ``bound.moved_on``: file or original changed since; ``bound.unfit``.
        WorldError: as the disk does; it is decided already, the next sign-in writes it.
    """
    session.require(Permission.APPROVE_FILES)
    trial_taken(session, path, taken, comparison)
    originals, name = originals_of(session, path)
    with session.store.write() as transaction:
        known = _bound(session, transaction, path)
        content = _with_taken(session, path, known, taken, comparison)
        original = "" if content is None else originals.based_on(name, content, None, "")
        _bind(session, transaction, known, content, original)
    session.bound.write(path, content, known.text)
    return "" if content is None else digest_of(content)


def go_back(session: Session, path: str) -> str:
    """Use what the file said before the last decision again, beside the original it had then. Returns its digest, ""
    for the shipped one. Raises as :func:`take_originals`; ``UserInputError("bound.no_earlier")``."""
    session.require(Permission.APPROVE_FILES)
    with session.store.read() as reader:
        earlier = _earlier(session, reader, path)
    _trial(session, path, earlier.text)
    with session.store.write() as transaction:
        if _earlier(session, transaction, path) != earlier:
            raise UserInputError("bound.moved_on", file=path)
        known = _bound(session, transaction, path)
        _bind(session, transaction, known, earlier.text, earlier.original)
    session.bound.write(path, earlier.text, known.text)
    return "" if earlier.text is None else digest_of(earlier.text)


def _bound(session: Session, reader: Reader, path: str) -> BoundFile:
    found = bound_files(reader, session.profile.device).get(path) if is_own_file(path) else None
    if found is None:
        raise UserInputError("bound.unknown", file=path)
    return found


def _earlier(session: Session, reader: Reader, path: str) -> EarlierText:
    device = session.profile.device
    found = earlier_text(reader, device, path) if is_own_file(path) else None
    if found is None:
        raise UserInputError("bound.no_earlier", file=path)
    return found


def _bind(
    session: Session,
    transaction: Transaction,
    known: BoundFile,
    content: str | None,
    original: str,
) -> None:
    device = session.profile.device
    for entry in bindings(device, known.path, known, content, FILE_APPROVED, original):
        transaction.append(session.officer.number, entry)


def _own_form(
    session: Session, file: BoundFile, fault: str = "", *, returnable: bool = False
) -> OwnForm:
    originals, name = originals_of(session, file.path)
    places = () if file.text is None else originals.places(name, file.text, file.original)
    return OwnForm(file.path, file.text, places, fault or _fault(session, file), returnable)


def _fault(session: Session, file: BoundFile) -> str:
    """Why a text would not be used, as its reader says; whoever prints by a template says that of it."""
    try:
        if file.text is not None and not file.path.startswith(FORMS):
            session.bound.check(file.path, file.text)
    except UserInputError as error:
        return str(error.params.get("reason", error.code))
    return ""


def _with_taken(
    session: Session, path: str, known: BoundFile, taken: Collection[int], comparison: str
) -> str | None:
    """The text with what is taken; None where nothing of the unit's is left in it."""
    if known.text is None:
        raise UserInputError("bound.unknown", file=path)
    form = _own_form(session, known)
    if form.comparison != comparison or not set(taken) <= set(form.open):
        raise UserInputError("bound.moved_on", file=path)
    originals, name = originals_of(session, path)
    text = originals.with_taken(name, known.text, known.original, taken)
    left = text if path == PHRASES else text != "".join(place.now for place in form.places)
    return text if left else None


def _trial(session: Session, path: str, content: str | None) -> Pdf:
    if content is None:
        return NO_PAGES
    session.bound.check(path, content)
    if not path.startswith(FORMS):
        return NO_PAGES
    facts = TrialFacts(session.profile, session.officer, session.clock.now(), session.rules)
    return session.own_forms.try_file(path.removeprefix(FORMS), content, facts, idle=True)

"""What became of the originals of a unit's own templates and wordings, and what the unit decides about it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from desktop.domain.errors import UserInputError
from desktop.domain.installation.bound_files import FORMS, PHRASES, BoundFile, digest_of
from desktop.domain.installation.officer import Permission
from desktop.domain.text.three_way import Place
from desktop.journal.kinds import FILE_APPROVED
from desktop.services.bound.bound_texts import binding, bound_files
from desktop.services.ports import Pdf, TrialFacts
from desktop.services.session import Session


@dataclass(frozen=True, slots=True)
class OwnForm:
    """A template of the unit, or its wordings. ``text`` None: the shipped one is used again. ``places``: the whole text
    beside its original. ``fault``: why it is not used, in the typesetter's words. ``returnable``: there is an earlier
    version to go back to."""

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
    """All templates and wordings of this unit, by path. Anybody may see them."""
    with session.store.read() as reader:
        bound = bound_files(reader, session.profile.device, FORMS)
    faults = dict(session.own_forms.faults())
    return tuple(
        _own_form(session, file, faults)
        for path, file in sorted(bound.items())
        if file.text is not None or file.before is not None
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
    return _trial(
        session, path, _with_taken(session, path, _known(session, path), taken, comparison)
    )


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
    with session.store.write() as transaction:
        known = bound_files(transaction, session.profile.device, FORMS).get(path)
        content = _with_taken(session, path, known, taken, comparison)
        original = (
            session.own_forms.based_on(path.removeprefix(FORMS), content, None, "")
            if content is not None
            else ""
        )
        entry = binding(session.profile.device, path, known, content, FILE_APPROVED, original)
        transaction.append(session.officer.number, entry)
    session.bound.write(path, content, known.text if known is not None else None)
    return "" if content is None else digest_of(content)


def go_back(session: Session, path: str) -> str:
    """Use what the file said before the last decision again, beside the original it had then. Returns its digest, ""
    for the shipped one. Raises as :func:`take_originals`; ``UserInputError("bound.no_earlier")``."""
    session.require(Permission.APPROVE_FILES)
    known = _known(session, path)
    if known is None or known.before is None:
        raise UserInputError("bound.no_earlier", file=path)
    content, original = known.before.text, known.before.original
    _trial(session, path, content)
    with session.store.write() as transaction:
        if bound_files(transaction, session.profile.device, FORMS).get(path) != known:
            raise UserInputError("bound.moved_on", file=path)
        entry = binding(session.profile.device, path, known, content, FILE_APPROVED, original)
        transaction.append(session.officer.number, entry)
    session.bound.write(path, content, known.text)
    return "" if content is None else digest_of(content)


def _known(session: Session, path: str) -> BoundFile | None:
    with session.store.read() as reader:
        return bound_files(reader, session.profile.device, FORMS).get(path)


def _own_form(session: Session, file: BoundFile, faults: dict[str, str]) -> OwnForm:
    name = file.path.removeprefix(FORMS)
    places = () if file.text is None else session.own_forms.places(name, file.text, file.original)
    fault = faults.get(name, "")
    return OwnForm(file.path, file.text, places, fault, file.before is not None)


def _with_taken(
    session: Session, path: str, known: BoundFile | None, taken: Collection[int], comparison: str
) -> str | None:
    """The text with what is taken; None where nothing of the unit's is left in it."""
    if known is None or known.text is None:
        raise UserInputError("bound.unknown", file=path)
    form = _own_form(session, known, {})
    if form.comparison != comparison or not set(taken) <= set(form.open):
        raise UserInputError("bound.moved_on", file=path)
    name = path.removeprefix(FORMS)
    text = session.own_forms.with_taken(name, known.text, known.original, taken)
    left = text if path == PHRASES else text != "".join(place.now for place in form.places)
    return text if left else None


def _trial(session: Session, path: str, content: str | None) -> Pdf:
    if content is None:
        return Pdf(b"", 0)
    facts = TrialFacts(session.profile, session.officer, session.clock.now(), session.rules)
    return session.own_forms.try_file(path.removeprefix(FORMS), content, facts, idle=True)

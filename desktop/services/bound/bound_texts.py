"""What the journal says of the files that steer this device."""

from __future__ import annotations

from typing import Final

from desktop.domain.installation.bound_files import (
    ORIGINALS,
    BoundFile,
    EarlierText,
    digest_of,
    is_own_file,
)
from desktop.domain.records.fields import Fields, text
from desktop.journal.authority import file_subject
from desktop.journal.entry import Entry, NewEntry
from desktop.journal.kinds import FILE_APPROVED, FILE_BOUND
from desktop.services.ports import Reader

_NOTHING: Final[Fields] = {}


def bound_files(reader: Reader, device: str, folder: str = "") -> dict[str, BoundFile]:
    """Path → what is bound or was noted of it; of one ``folder`` (``forms/``) or of all."""
    prefix = file_subject(device)
    found = dict(reader.subjects(f"{prefix}/{folder}".rstrip("/")))
    if folder:
        found |= reader.subjects(f"{prefix}/{ORIGINALS}{folder}".rstrip("/"))
    paths = {name.removeprefix(f"{prefix}/"): fields for name, fields in found.items()}
    return {
        path: bound_file(path, fields, paths.get(f"{ORIGINALS}{path}", _NOTHING))
        for path, fields in paths.items()
        if not path.startswith(ORIGINALS)
    }


def bound_file(path: str, fields: Fields, beside: Fields = _NOTHING) -> BoundFile:
    """One of them, from the values of its subject; ``beside``: those of its original."""
    content = text(fields, "text") if text(fields, "sha256") else None
    original = "" if content is None else _original(fields, beside)
    return BoundFile(path, content, text(fields, "former"), text(fields, "found"), original)


def _original(fields: Fields, beside: Fields) -> str:
    """What the text was made from; "" for none, and where nobody knows. One that was bound beside another text is not
    this one's; programs of before had it in the entry of the text itself."""
    found, digest = text(fields, "original"), text(fields, "original_sha256")
    if text(beside, "file") and text(beside, "former") == text(fields, "sha256"):
        found, digest = text(beside, "text"), text(beside, "sha256")
    return found if found and digest_of(found) == digest else ""


def earlier_text(reader: Reader, device: str, path: str) -> EarlierText | None:
    """What an own file said before it was bound last, by the journal; None where it was bound once only."""
    subject, beside = (file_subject(device, name) for name in (path, f"{ORIGINALS}{path}"))
    entries = reader.own_words((subject, beside), (FILE_BOUND, FILE_APPROVED))
    bound = [place for place, entry in enumerate(entries) if entry.subject == subject]
    if len(bound) < 2:
        return None
    before, following = entries[bound[-2]], entries[bound[-2] + 1]
    file = bound_file(path, before.fields, _beside(following, beside))
    return EarlierText(file.text, file.original)


def _beside(entry: Entry, subject: str) -> Fields:
    return entry.fields if entry.subject == subject else _NOTHING


def bound_text(reader: Reader, device: str, path: str) -> str | None:
    """The text that is followed; None where there is none."""
    return bound_file(path, reader.current(file_subject(device, path))).text


def bindings(
    device: str,
    path: str,
    former: BoundFile | None,
    content: str | None,
    kind: str,
    original: str = "",
) -> tuple[NewEntry, ...]:
    """The entries that bind ``content`` (None: no such file) in the place of ``former``. ``original``: the shipped text
    that ``content`` was made from, bound behind it in an entry of its own that names the text it belongs to."""
    before = former.text if former is not None else None
    bound = _binding(device, path, content, before, kind)
    if content is None or not is_own_file(path):
        return (bound,)
    return bound, _binding(device, f"{ORIGINALS}{path}", original or None, content, FILE_BOUND)


def _binding(
    device: str, path: str, content: str | None, former: str | None, kind: str
) -> NewEntry:
    fields = {
        "file": path,
        "sha256": "" if content is None else digest_of(content),
        "text": content or "",
        "former": "" if former is None else digest_of(former),
        "found": "",
    }
    return NewEntry(kind, file_subject(device, path), fields)

"""What the journal says of the files that steer this device."""

from __future__ import annotations

from desktop.domain.installation.bound_files import FORMS, BoundFile, EarlierText, digest_of
from desktop.domain.records.fields import Fields, Json, text
from desktop.journal.authority import file_subject
from desktop.journal.entry import NewEntry
from desktop.services.ports import Reader


def bound_files(reader: Reader, device: str, folder: str = "") -> dict[str, BoundFile]:
    """Path → what is bound or was noted of it; of one ``folder`` (``forms/``) or of all."""
    prefix = file_subject(device)
    found = reader.subjects(f"{prefix}/{folder}".rstrip("/"))
    paths = {name.removeprefix(f"{prefix}/"): fields for name, fields in found.items()}
    return {path: bound_file(path, fields) for path, fields in paths.items()}


def bound_file(path: str, fields: Fields) -> BoundFile:
    """One of them, from the values of its subject."""
    content = text(fields, "text") if text(fields, "sha256") else None
    original = text(fields, "original")
    if original and text(fields, "original_sha256") != digest_of(original):
        original = ""  # nobody knows what it was
    return BoundFile(
        path, content, text(fields, "former"), text(fields, "found"), original, _before(fields)
    )


def _before(fields: Fields) -> EarlierText | None:
    """What was bound before; nothing where a program that keeps no earlier texts bound the file since."""
    if "before" not in fields or fields.get("again") is not True:
        return None
    former, earlier = text(fields, "former"), text(fields, "before")
    if not former:
        return EarlierText(None)
    return (
        EarlierText(earlier, text(fields, "before_original"))
        if digest_of(earlier) == former
        else None
    )


def bound_text(reader: Reader, device: str, path: str) -> str | None:
    """The text that is followed; None where there is none."""
    return bound_file(path, reader.current(file_subject(device, path))).text


def binding(
    device: str,
    path: str,
    former: BoundFile | None,
    content: str | None,
    kind: str,
    original: str = "",
) -> NewEntry:
    """The entry that binds ``content`` (None: no such file) in the place of ``former``. ``original``: the shipped text
    that ``content`` was made from."""
    before = former.text if former is not None else None
    fields: dict[str, Json] = {
        "file": path,
        "sha256": "" if content is None else digest_of(content),
        "text": content or "",
        "former": "" if before is None else digest_of(before),
        "found": "",
    }
    if path.startswith(FORMS):
        fields |= {
            "original": original,
            "original_sha256": digest_of(original) if original else "",
            "before": before or "",
            "before_original": former.original if former is not None else "",
            "again": former is not None,
        }
    return NewEntry(kind, file_subject(device, path), fields)

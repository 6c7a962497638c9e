"""Cards from and into files: the kind of file is told by its content on the way in, by its name on the way out."""

from __future__ import annotations

from pathlib import Path

from desktop.domain.errors import UserInputError
from desktop.runtime.files.atomic_file import write_atomic
from desktop.services.brought_file import read_brought
from desktop.services.exchange.peers.card_sheets import card_in, card_sheet
from desktop.services.session import Session


def read_card_file(session: Session, name: str) -> str:
    """The card in a text, a picture, a scan or a PDF; raises what :func:`card_in` does."""
    try:
        data = read_brought(name)
    except OSError as error:
        raise UserInputError("card.unreadable") from error
    return card_in(session, data)


def write_card_file(session: Session, target: Path, text: str) -> None:
    """The card as a QR picture (``.png``), as a page (``.pdf``), or as its text."""
    kind = target.suffix.lower()
    if kind in {".png", ".pdf"}:
        sheet = card_sheet(session, text)
        data = sheet.code if kind == ".png" else sheet.page.data
    else:
        data = text.encode()
    write_atomic(target, data, mode=0o644)

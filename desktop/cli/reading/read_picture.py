"""``read PICTURE``: the codes in it and its text, read as pasted text is."""

from __future__ import annotations

import io

from desktop.cli.context import CommandContext, CommandOutcome
from desktop.cli.reading.read_lines import reading_lines
from desktop.cli.reading.read_shapes import code_document, code_identifier
from desktop.domain.errors import UserInputError, WorldError
from desktop.domain.evidence.contents import Fact
from desktop.domain.evidence.found_code import FoundCode
from desktop.domain.evidence.picture_text import PictureBox, PictureText
from desktop.domain.progress import SILENT
from desktop.domain.records.fields import Json
from desktop.domain.time.local_time import CHINA
from desktop.readers.codes.find_codes import find_codes
from desktop.readers.contents.contents_reader import ContentsReader
from desktop.readers.decoding.decoder import Decoder
from desktop.readers.ocr.picture_reader import PictureReader
from desktop.readers.pasted.pasted_text import PastedTextReader
from desktop.runtime.files.resources import resource_path
from desktop.runtime.packages.directories import PackedDirectories
from desktop.runtime.system_clock import SystemClock
from desktop.runtime.texts.catalogue import Catalogue
from desktop.services.extraction.extraction_document import extraction_document
from desktop.services.ports.reading.contents import Unread


def read_picture(context: CommandContext, data: bytes) -> CommandOutcome:
    """Both, and what it says of itself; where the text cannot be recognised the codes still count, and a warning says
    so."""
    texts = context.texts
    facts, remarks = _facts(texts, data)
    data, codes = _plain(data)
    text, warnings = _text(context, data)
    now = SystemClock().now()
    directories = PackedDirectories(resource_path("directories"))
    reading = PastedTextReader(directories).read(text.text, now)
    document = extraction_document(reading, directories, now.astimezone(CHINA).date())
    notes = [texts.text(f"codes.meaning.{code.meaning}") for code in codes]
    coded = [
        code_identifier(code, note) for code, note in zip(codes, notes, strict=True) if code.kind
    ]
    found = document["identifiers"]
    shown: dict[str, Json] = {
        **document,
        "kind": "picture",
        "facts": {fact.name: fact.value for fact in facts},
        "identifiers": [*coded, *(found if isinstance(found, list) else [])],
        "codes": [code_document(code, note) for code, note in zip(codes, notes, strict=True)],
        "lines": [
            _line(piece.line.text, piece.line.box, piece.line.percent) for piece in text.pieces
        ],
        "warnings": [*warnings, *remarks, *reading.warnings],
    }
    lines = [f"{note}  {code.text}" for code, note in zip(codes, notes, strict=True)]
    lines += [f"{texts.text(f'viewer.fact.{fact.name}')}  {fact.value}" for fact in facts]
    found_lines = reading_lines(texts, reading)
    return CommandOutcome(
        shown, (*lines, *text.text.splitlines(), "", *found_lines, *warnings, *remarks)
    )


def _facts(texts: Catalogue, data: bytes) -> tuple[tuple[Fact, ...], list[str]]:
    """Camera, time, place and content credentials, with what to think of them; nothing of a picture that has none."""
    reader = ContentsReader()
    try:
        found = reader.read("", io.BytesIO(data), len(data), SILENT)
    finally:
        reader.close()
    if isinstance(found, Unread) or not found.facts:
        return (), []
    return found.facts, [texts.text(f"viewer.remark.{note}") for note in found.notes]


def _plain(data: bytes) -> tuple[bytes, tuple[FoundCode, ...]]:
    """The picture as all readers know it, and its codes; what is interlaced, or no PNG or JPEG, is decoded first."""
    try:
        return data, find_codes(data)
    except UserInputError as error:
        if error.code != "picture.unknown":
            raise
    decoder = Decoder()
    try:
        data = decoder.plain(data)
    finally:
        decoder.close()
    return data, find_codes(data)


def _text(context: CommandContext, data: bytes) -> tuple[PictureText, list[str]]:
    reader = PictureReader()
    try:
        return reader.read(data), []
    except WorldError as error:
        return PictureText(0, 0, "", ()), [context.texts.error_text(error).what]
    finally:
        reader.close()


def _line(text: str, box: PictureBox, percent: int) -> dict[str, Json]:
    return {
        "text": text,
        "box": [box.left, box.top, box.right, box.bottom],
        "percent": percent,
    }

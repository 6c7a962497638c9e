"""翻拍照片对照表: numbered thumbnails with what each shows and the digest that fixes it."""

from __future__ import annotations

import base64
import struct
from typing import Final

from desktop.documents.case_facts import evidence_facts
from desktop.documents.form_compiler import PICTURES
from desktop.documents.form_texts import FormData, FormTexts
from desktop.documents.printable import FormValue
from desktop.domain.evidence.item import Evidence
from desktop.domain.evidence.photographing import filmed
from desktop.services.ports import PaperFacts

_PNG: Final = b"\x89PNG\r\n\x1a\n"
_HEAD: Final = 24
"""Octets up to the end of the size."""


def contact_sheet(facts: PaperFacts, words: FormTexts) -> FormData:
    """``frames``: the photographs as they are numbered; without any the pictures among the evidence."""
    items = filmed(facts.file.evidence) or tuple(
        item for item in facts.file.evidence if item.media_type.startswith("image/")
    )
    frames: list[FormValue] = []
    for place, item in enumerate(items, 1):
        told = evidence_facts(item, words)
        frames.append(
            {
                "number": item.record.frame or place,
                "shot": facts.shots.get(item.record.shot, ""),
                "name": item.name,
                "time": _time(item, words),
                "sha256": told["sha256"],
            }
        )
    pictures: list[FormValue] = [_drawing(facts.pictures.get(item.id, b"")) for item in items]
    return {"frames": frames, PICTURES: pictures, "missing": list(facts.missing_shots)}


def _time(item: Evidence, words: FormTexts) -> str:
    """When it was taken; where nobody knows, when it was received, said as that."""
    if item.record.taken_at is not None:
        return words.text("evidence.taken_at", time=words.second(item.record.taken_at))
    return words.text("evidence.received_at", time=words.minute(item.added_at))


def _drawing(png: bytes) -> str:
    """The picture as a text the typesetter can draw, a third larger than itself; empty for one that is no PNG."""
    if not png.startswith(_PNG) or len(png) < _HEAD:
        return ""
    width, height = struct.unpack(">II", png[16:24])
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}">'
        f'<image width="{width}" height="{height}" '
        f'href="data:image/png;base64,{base64.b64encode(png).decode()}"/></svg>'
    )

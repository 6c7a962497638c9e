"""A citation in words, to paste into the story or a paper."""

from __future__ import annotations

from desktop.domain.evidence.citation import Citation
from desktop.domain.evidence.item import Evidence
from desktop.ui.shared.kit.translator import Translator


def cited_text(words: Translator, item: Evidence, number: int, citation: Citation) -> str:
    """``number`` is the item's place in the list of the case, from 1."""
    key = f"viewer.cite.{citation.kind.value}"
    if citation.kind.value == "message" and not citation.sender:
        key = "viewer.cite.message_plain"
    return words.text(
        key,
        item=number,
        name=item.name,
        place=citation.place,
        time=citation.time,
        sender=citation.sender,
        quote=citation.quote,
    )

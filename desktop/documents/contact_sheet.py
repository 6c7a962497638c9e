"""翻拍照片对照表: numbered thumbnails with what each shows and the digest that fixes it."""

from __future__ import annotations

from desktop.documents.case_facts import evidence_facts
from desktop.documents.form_words import FormData, FormWords
from desktop.documents.printable import FormValue
from desktop.domain.filming import filmed
from desktop.services.ports import PaperFacts


def contact_sheet(facts: PaperFacts, words: FormWords) -> FormData:
    """``frames``: the photographs as they are numbered; without any the pictures among the evidence."""
    items = filmed(facts.file.evidence) or tuple(
        item for item in facts.file.evidence if item.media_type.startswith("image/")
    )
    frames: list[FormValue] = []
    for place, item in enumerate(items, 1):
        picture = facts.pictures.get(item.id, b"")
        told = evidence_facts(item, words)
        frames.append(
            {
                "number": item.record.frame or place,
                "shot": facts.shots.get(item.record.shot, ""),
                "name": item.name,
                "time": words.second(item.record.taken_at) or told["time"],
                "sha256": told["sha256"],
                "picture": list(picture),
            }
        )
    return {"frames": frames, "missing": list(facts.missing_shots)}

"""What the commands of a place say of everything in it, and what its papers say: the same for ever."""

from __future__ import annotations

import hashlib
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any, Final

import pypdfium2

from desktop.journal import kinds
from tests.golden.posts import Post, signed_in_once

SIGNED: Final = "acceptance_receipt"
"""The form of a paper that was signed in the story, and replaced by another that was signed."""
KINDS: Final = {
    value
    for name, value in vars(kinds).items()
    if name.isupper() and isinstance(value, str) and not name.startswith("_")
}
"""Every kind of entry that this program writes."""


def documents_of(at: Post, cases: list[str]) -> dict[str, Any]:
    """Reports, orders, evidence, parties, officers, packs, conflicts; each command's own document."""
    with signed_in_once(at):
        return _documents(at, cases)


def _documents(at: Post, cases: list[str]) -> dict[str, Any]:
    told = {
        "verified": at.json("verify"),
        "reports": at.json("report", "list"),
        "orders": at.whole("order", "list"),
        "parties": at.json("trust", "list"),
        "officers": at.json("officer", "list"),
        "packs": at.json("pack", "list"),
        "conflicts": at.whole("bundle", "conflicts"),
        "evidence": at.json("evidence", "verify"),
    }
    for case in cases:
        told[f"report {case}"] = at.shown(case)
        told[f"evidence {case}"] = at.whole("evidence", "list", case)
        told[f"facts {case}"] = at.json("evidence", "facts", case)
    return told


def own_cases(at: Post) -> list[str]:
    """Every case a place lists."""
    rows = at.json("report", "list", "--limit", 500)["cases"]
    return sorted(row["case"] for row in rows)


def papers(at: Post, case: str, order: str) -> dict[str, Any]:
    """Every form about a case, as its text; those of an order about ``order``. A refusal is told by its code."""
    told: dict[str, Any] = {}
    with signed_in_once(at), tempfile.TemporaryDirectory() as folder:
        for form in at.json("print", "--list")["forms"]:
            file = Path(folder) / f"{form['id']}.pdf"
            made = at.say("--json", "print", form["id"], case, "--to", file)
            told[form["id"]] = pages(file) if made.status == 0 else made.document["error"]
        for name, words in {
            "order sheet": ("order", "sheet", order),
            "people": ("series", "people", case),
        }.items():
            file = Path(folder) / f"{name}.pdf"
            at.json(*words, "--to", file)
            told[name] = pages(file)
    return told


def signed(at: Post, case: str) -> str:
    """SHA-256 of the paper that was signed: whatever becomes of its form, it is printed as it was."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "signed.pdf"
        at.json("print", SIGNED, case, "--to", file)
        return hashlib.sha256(file.read_bytes()).hexdigest()


def pages(file: Path) -> list[str]:
    """The text of each page, without its spaces."""
    document = pypdfium2.PdfDocument(file)
    try:
        return ["".join(page.get_textpage().get_text_range().split()) for page in document]
    finally:
        document.close()


def kinds_in(at: Post) -> dict[str, int]:
    """Kind → how many entries of it the journal of a place has, its own and others'."""
    with at.signed_in() as place, place.session.store.read() as reader:
        found = Counter(
            entry.kind
            for stream, last in reader.heads().items()
            for entry in reader.entries(stream, 1, last)
        )
    return dict(sorted(found.items()))

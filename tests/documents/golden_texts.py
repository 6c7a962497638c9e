"""The words of every form in every kind of case: ``python -m tests.documents.golden_texts`` writes them anew.

One file a form in ``golden_texts/``: the first kind of case whole, of every other one the lines in which it differs.
What a change of wording does to which paper is read in the difference that Git shows. ``--table`` prints what is held
of each form: its clauses, its pages in each kind of case (``-``: refused, ``=``: the words of the first kind).
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher
from pathlib import Path
from typing import Final

from desktop.documents.case_forms.form_specs import entry_of
from desktop.domain.case_file.order_papers import require_paper_ground
from desktop.domain.errors import RuleError
from tests.documents.drawn_papers import FORMS, cases, drawn
from tests.documents.pdf_text import page_texts

HERE: Final = Path(__file__).with_name("golden_texts")
_HEAD: Final = "════ "
_PAGE: Final = "──── page {number}"


def file_of(form: str) -> Path:
    """Where the words of a form stand."""
    return HERE / f"{form}.txt"


def golden_text(form: str) -> str:
    """What the file of a form holds."""
    first, *kinds = cases()
    refusals = {kind: code for kind in kinds if (code := refused(form, kind))}
    whole = lines_of(form, first)
    parts = [f"{_HEAD}{first}", *whole]
    texts = {kind: lines_of(form, kind) for kind in kinds if kind not in refusals}
    same = [kind for kind, lines in texts.items() if lines == whole]
    if same:
        parts += ["", f"{_HEAD}{', '.join(same)}: as {first}"]
    for kind, lines in texts.items():
        if kind not in same:
            parts += ["", f"{_HEAD}{kind}: as {first}, but", *_differing(whole, lines)]
    parts += [f"\n{_HEAD}{kind}: not made, {code}" for kind, code in refusals.items()]
    return "\n".join(parts) + "\n"


def lines_of(form: str, kind: str) -> list[str]:
    """The lines of a paper as they stand, page by page, without what is empty."""
    found: list[str] = []
    for number, text in enumerate(page_texts(drawn(form, kind).data), start=1):
        if number > 1:
            found.append(_PAGE.format(number=number))
        found += [line.rstrip() for line in text.splitlines() if line.strip()]
    return found


def refused(form: str, kind: str) -> str:
    """The code of the error by which a paper is refused in a kind of case; empty where it is made."""
    entry, facts = entry_of(form), cases()[kind].paper_facts(form)
    try:
        require_paper_ground(facts.file, entry.ground, entry.orders, "", facts.at)
    except RuleError as error:
        return error.code
    return ""


def _differing(first: list[str], other: list[str]) -> Iterator[str]:
    matcher = SequenceMatcher(None, first, other, autojunk=False)
    for what, left, right, start, end in matcher.get_opcodes():
        if what != "equal":
            yield from (f"- {line}" for line in first[left:right])
            yield from (f"+ {line}" for line in other[start:end])


def table() -> Iterator[str]:
    """Forms by kinds of case: pages, and ``=`` where the words are those of the first kind."""
    from tests.documents.test_clauses import clauses  # noqa: PLC0415 - needs pytest, which writing files does not

    counted = Counter(clause.form for clause in clauses())
    kinds = tuple(cases())
    yield "\t".join(("form", "clauses", *kinds))
    for form in FORMS:
        texts = {kind: lines_of(form, kind) for kind in kinds}
        cells = [
            "-" if refused(form, kind)
            else f"{drawn(form, kind).pages}{'=' if texts[kind] == texts[kinds[0]] else ''}"
            for kind in kinds
        ]  # fmt: skip
        yield "\t".join((form, str(counted[form]), *cells))


def main() -> int:
    """Write every file, drop those of forms that are no more; or print the table."""
    if "--table" in sys.argv[1:]:
        sys.stdout.write("\n".join(table()) + "\n")
        return 0
    HERE.mkdir(exist_ok=True)
    for old in set(HERE.glob("*.txt")) - {file_of(form) for form in FORMS}:
        old.unlink()
    for form in FORMS:
        file_of(form).write_text(golden_text(form), "utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

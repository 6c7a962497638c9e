"""The words of every form in every kind of case: ``python -m tests.documents.golden_texts`` writes them anew.

One file a form in ``golden_texts/``: the first kind of case whole, of every other one the lines in which it differs.
What a change of wording does to which paper is read in the difference that Git shows. ``--table > docs/papers.md``
writes what is held of each form: its clauses and its pages in each kind of case.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher
from pathlib import Path
from typing import Final

from desktop.documents.case_forms.form_specs import entry_of
from desktop.domain.case_file.orders.order_papers import require_paper_ground
from desktop.domain.errors import RuleError
from desktop.runtime.texts.catalogue import LANGUAGES
from tests.documents.drawn_papers import FORMS, cases, drawn
from tests.documents.pdf_text import page_texts

HERE: Final = Path(__file__).with_name("golden_texts")
_HEAD: Final = "════ "
_PAGE: Final = "──── page {number}"
_REFUSED: Final = "-"
_ABOUT: Final = """# Papers: what is held of each form in each kind of case
`python -m tests.documents.golden_texts --table > docs/papers.md` writes this page; a test fails while it is old.

- **must**, **never**: clauses of `tests/documents/clauses/`, written from law and practice before the paper was
  looked at.
- A kind of case ([kinds.toml](../tests/documents/clauses/kinds.toml)): pages of the paper; `=` where its words are
  those of the first kind, `-` where the program refuses to make it (nothing to stop, no order, nothing lost).
- Every word of every paper stands in `tests/documents/golden_texts/`.
- Of each page (`tests/documents/test_pages.py`): no number cut, no row torn, nothing outside the margins, no page for
  less than three lines, no padded day; fonts embedded, at most 320 KB. Labels of the official models:
  `tests/documents/official_labels.py`.

"""


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


def page() -> str:
    """``docs/papers.md``: forms by kinds of case, as the files of golden texts and the clauses stand."""
    from tests.documents.test_clauses import MUST, clauses  # noqa: PLC0415 - needs pytest, which writing files does not

    held = list(clauses())
    must = Counter(clause.form for clause in held if clause.rule == MUST)
    every = Counter(clause.form for clause in held)
    kinds = tuple(cases())
    title = " | ".join(kinds)
    rows = [f"| form | must | never | {title} |", "|---|" + "--:|" * (2 + len(kinds))]
    printed = 0
    for form in FORMS:
        cells = stored_cells(form)
        printed += len(cells) - sum(cell == _REFUSED for cell in cells.values())
        named = f"{entry_of(form).titles[LANGUAGES[0]]} `{form}`"
        counts = f"{must[form]} | {every[form] - must[form]}"
        rows.append(f"| {named} | {counts} | {' | '.join(cells[kind] for kind in kinds)} |")
    count = f"{len(FORMS)} forms in {len(kinds)} kinds of case: {printed} papers, {len(held)} clauses.\n\n"
    return f"{_ABOUT}{count}" + "\n".join(rows) + "\n"


def stored_cells(form: str) -> dict[str, str]:
    """Kind of case → pages, with ``=`` where the words are those of the first kind; ``-`` where it is refused."""
    first, *sections = file_of(form).read_text("utf-8").split(_HEAD)[1:]
    name, _, whole = first.partition("\n")
    mark = _PAGE.format(number="")
    pages = 1 + whole.count(mark)
    found = {name: str(pages)}
    for section in sections:
        head, _, lines = section.partition("\n")
        named, _, rest = head.partition(": ")
        if rest.startswith("not made"):
            cell = _REFUSED
        elif rest.endswith("but"):
            cell = str(pages + lines.count(f"+ {mark}") - lines.count(f"- {mark}"))
        else:
            cell = f"{pages}="
        found |= dict.fromkeys(named.split(", "), cell)
    return found


def main() -> int:
    """Write every file, drop those of forms that are no more; or print the page."""
    if "--table" in sys.argv[1:]:
        sys.stdout.write(page())
        return 0
    HERE.mkdir(exist_ok=True)
    for old in set(HERE.glob("*.txt")) - {file_of(form) for form in FORMS}:
        old.unlink()
    for form in FORMS:
        file_of(form).write_text(golden_text(form), "utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

"""Every paper of every kind of case, drawn once for all tests that look at it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Final

from desktop.documents.case_forms.form_specs import all_forms
from desktop.documents.case_forms.typst_papers import TypstPapers
from desktop.services.ports import Pdf
from tests.documents.clause_cases import ClauseCase, all_kinds
from tests.documents.making import new_papers

FORMS: Final = tuple(entry.id for entry in all_forms())


@cache
def cases() -> Mapping[str, ClauseCase]:
    """The kinds of case, made once."""
    return all_kinds()


@cache
def printer() -> TypstPapers:
    """One for all forms: what it read of the templates stays read."""
    return new_papers()


_drawn: dict[tuple[str, str], Pdf] = {}


def drawn(form: str, kind: str) -> Pdf:
    """Equal facts make equal papers, so that a paper that is the same in several kinds of case is drawn once."""
    facts = cases()[kind].paper_facts(form)
    same = repr((printer().printed_facts(form, facts), printer().texts(form, facts)))
    if (form, same) not in _drawn:
        _drawn[form, same] = printer().render(form, facts)
    return _drawn[form, same]

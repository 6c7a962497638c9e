"""The things that journal entries speak about, and the fields each of them has.

One row a kind of subject. A field is declared here once, with its type and, where not everybody who may speak of the
subject may set it, who may. The table of entry kinds (:mod:`desktop.journal.entry_table`) says which of these fields an
entry of a kind may carry.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from desktop.journal.case_subjects import CASE_SUBJECTS
from desktop.journal.other_subjects import OTHER_SUBJECTS

SUBJECTS: Final = MappingProxyType({rule.name: rule for rule in (*CASE_SUBJECTS, *OTHER_SUBJECTS)})
"""Name of a kind of subject → its rule."""

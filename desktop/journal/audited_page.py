"""What an auditor is shown of each kind of entry, as a page of the documentation."""

from __future__ import annotations

from desktop.domain.installation.audit import AuditCategory
from desktop.journal.audited import AUDITED, NOT_AUDITED

_HEAD = """# What the audit shows

Written by `python packaging/make_audited.py` from `desktop/journal/audited.py`; do not edit. An auditor reads who did
what and when, of a case its number, and of an entry the details named here; nothing else of it leaves the journal.

| category (`--kind`) | kind of entry (`--kind`) | details that are told |
|---|---|---|
"""
_LEFT_OUT = """
## Kinds that are not shown

| kind of entry | why |
|---|---|
"""


def page() -> str:
    """The Markdown of the page."""
    shown = "".join(
        f"| {category.value} | `{kind}` | {', '.join(f'`{name}`' for name in row.tells) or '–'} |\n"
        for category in AuditCategory
        for kind, row in sorted(AUDITED.items())
        if row.category is category
    )
    left_out = "".join(f"| `{kind}` | {why} |\n" for kind, why in sorted(NOT_AUDITED.items()))
    return _HEAD + shown + _LEFT_OUT + left_out

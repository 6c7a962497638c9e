"""What this device made of evidence, and what people said of tables: encrypted like everything in the database."""

from __future__ import annotations

from sqlalchemy import Connection, select
from sqlalchemy.dialects.sqlite import insert

from desktop.storage.tables import column_choice, derived


def derived_of(connection: Connection, evidence: str) -> str | None:
    """The kept document of an item."""
    return connection.execute(
        select(derived.c.document).where(derived.c.evidence_id == evidence)
    ).scalar()


def keep_derived(connection: Connection, evidence: str, document: str) -> None:
    """Keep a document; a later one replaces it."""
    connection.execute(
        insert(derived)
        .values(evidence_id=evidence, document=document)
        .on_conflict_do_update(index_elements=["evidence_id"], set_={"document": document})
    )


def choice_of(connection: Connection, signature: str) -> str | None:
    """What was said last of tables with this header."""
    return connection.execute(
        select(column_choice.c.choice).where(column_choice.c.signature == signature)
    ).scalar()


def keep_choice(connection: Connection, signature: str, choice: str) -> None:
    """Keep what was said; a later choice replaces it."""
    connection.execute(
        insert(column_choice)
        .values(signature=signature, choice=choice)
        .on_conflict_do_update(index_elements=["signature"], set_={"choice": choice})
    )

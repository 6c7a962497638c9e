"""A newer program over an older database: projections of another form are dropped and made anew from the journal.

The journal itself is never touched, and everything happens in one transaction: a power cut, a full disk or whoever
stops it leaves the old form, which the next start brings up to date again. Room for it is looked for first.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable
from typing import Final

from sqlalchemy import Engine, inspect
from sqlalchemy.engine import Connection

from desktop.domain.case_file.fields import ROWS
from desktop.domain.cases.case import RECORD_FAMILIES
from desktop.domain.installation.profile import Profile
from desktop.domain.progress import Progress
from desktop.storage.current_values.subjects import CASE_SUBJECTS
from desktop.storage.database.statements import run
from desktop.storage.dialects import dialect_of
from desktop.storage.reckoned_tables import FORMER
from desktop.storage.tables import ANEW, entry, first_author, metadata
from desktop.storage.upkeep.rebuild import give_owners, rebuild
from desktop.storage.upkeep.rebuild_order import note_places

PROJECTING: Final = 15
"""To be raised when rows are computed otherwise than before, though their columns and what is searched stay."""


_INDEXES: Final = {str(index.name): index for table in ANEW for index in table.indexes}


def _indexes_of(connection: Connection) -> frozenset[str]:
    """Those that the projections have; what a primary key makes by itself is none."""
    names = dialect_of(connection).index_names(connection, [table.name for table in ANEW])
    return frozenset(names)


def _renew_indexes(engine: Engine) -> None:
    """Another version of the program kept others; an index whose rows or columns change gets another name."""
    with engine.connect().execution_options(write=True) as connection, connection.begin():
        stand = _indexes_of(connection)
        for name in sorted(stand - _INDEXES.keys()):
            run(connection, f"DROP INDEX IF EXISTS {name}")
        for name in sorted(_INDEXES.keys() - stand):
            _INDEXES[name].create(connection, checkfirst=True)


def projected_form() -> int:
    """A number that changes with the columns of the projections, the kinds of subjects they read and the facts by
    which cases are found."""
    tables = sorted((table.name, [column.name for column in table.columns]) for table in ANEW)
    every = sorted(metadata.tables)
    among_answers = tuple(row for family in RECORD_FAMILIES for row in family.rows.values())
    found_by = sorted(row.key for row in (*ROWS, *among_answers) if row.searched)
    form = (PROJECTING, CASE_SUBJECTS, tables, every, found_by)
    return zlib.crc32(repr(form).encode()) & 0x7FFF_FFFF


def mark_new(engine: Engine) -> Engine:
    """Note in a new database that its projections have the form of this program."""
    with engine.connect().execution_options(write=True) as connection, connection.begin():
        dialect_of(connection).mark_form(connection, projected_form())
    return engine


def bring_up_to_date(
    engine: Engine, profile: Profile, require_room: Callable[[], None], progress: Progress
) -> None:
    """Make the projections anew if another version of the program made them. ``require_room`` raises
    ``WorldError("disk.not_enough")`` where a whole copy of them would find none."""
    with engine.connect() as connection, connection.begin():
        formed = dialect_of(connection).form(connection) == projected_form()
        indexed = formed and _indexes_of(connection) == _INDEXES.keys()
    if indexed:
        return
    if formed:
        _renew_indexes(engine)
        return
    require_room()
    with engine.connect().execution_options(write=True) as connection, connection.begin():
        dialect = dialect_of(connection)
        if dialect.form(connection) == projected_form():
            return  # another process was faster
        note_places(connection)
        for name in (*FORMER, *(table.name for table in ANEW)):
            run(connection, f"DROP TABLE IF EXISTS {name}")
        owned = inspect(connection).has_table(first_author.name)
        metadata.create_all(connection)
        for index in entry.indexes:  # of a journal that was there before the index was thought of
            index.create(connection, checkfirst=True)
        dialect.renew_words(connection)
        rebuild(connection, progress)
        if not owned:
            give_owners(connection, profile)
        dialect.mark_form(connection, projected_form())

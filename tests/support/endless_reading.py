"""A reading that ends only by being stopped: none of ours is as slow as that."""

from __future__ import annotations

import threading

from desktop.services.session import Session
from desktop.storage.database.statements import run
from desktop.storage.readers.reader import SqlReader

_ENDLESS = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n"


def read_endlessly(session: Session, begun: threading.Event) -> int:
    """One statement; ``begun`` is set before it."""
    with session.store.read() as reader:
        assert isinstance(reader, SqlReader)
        begun.set()
        return int(run(reader._connection, _ENDLESS).scalar_one())

"""Whether those a record is for can read its kind already: nothing that is urgent may wait for another's upgrade."""

from __future__ import annotations

from desktop.domain.exchange.peers import Peer
from desktop.domain.installation.profile import InstallationRole
from desktop.journal.schema import schema_of
from desktop.services.exchange.peers.our_centre import named_centre
from desktop.services.ports import Reader
from desktop.services.session import Session


def is_read(session: Session, reader: Reader, kind: str, unit_code: str) -> bool:
    """Whether the centre of this desk, or at a centre every desk of the unit, said in a receipt that its program reads
    entries of ``kind``. False where nobody is there to say so: a centre that is named later may be an older one."""
    own = session.profile
    if own.role is InstallationRole.CENTRE and unit_code == own.unit_code:
        return True  # its own stream never leaves it
    schema, readers = schema_of(kind), _readers(session, reader, unit_code)
    return bool(readers) and all(reader.reads_schema(one.card.device, schema) for one in readers)


def _readers(session: Session, reader: Reader, unit_code: str) -> tuple[Peer, ...]:
    if session.profile.role is InstallationRole.CENTRE:
        return tuple(
            peer for peer in reader.peers() if not peer.revoked and peer.card.unit_code == unit_code
        )
    named = named_centre(session, reader)
    return (named,) if named is not None else ()

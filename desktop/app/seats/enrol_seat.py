"""At the first PC of a centre: let another PC in that works in the same database by keys of its own, or let one that is
in have new keys."""

from __future__ import annotations

from desktop.app.installation import Installation
from desktop.app.profile.database_place import DATABASE_KEY, server_document
from desktop.domain.exchange.peers import PeerCard
from desktop.services.exchange.peers.list_devices import list_device, replace_seat
from desktop.services.officers.second_officer import SecondOfficer


def enrol_seat(
    installation: Installation,
    card_text: str,
    second: SecondOfficer | None,
    instead_of: str = "",
) -> tuple[PeerCard, str]:
    """The card, and the text that goes back to the new PC, after its fingerprint was compared: sealed to that PC, with
    all that opens the centre's database, bundles and evidence. A PC that is in already gets it once more.
    ``instead_of``: the fingerprint of the keys that the PC had so far, which count no longer from then on; "" for a PC
    that is new.

    Raises what :func:`list_device` raises; with ``instead_of`` what :func:`replace_seat` raises.
    """
    session, desk = installation.session, installation.desk
    if instead_of:
        replace_seat(session, card_text, instead_of, second)
    else:
        list_device(session, card_text, second, seat=True)
    card = session.cards.parse_card(card_text)
    secrets = desk.unlocked.secrets
    reach = {"database": secrets[DATABASE_KEY].hex(), "server": server_document(secrets)}
    approval = desk.approval(card.device, reach)
    desk.try_tell()
    return card, approval

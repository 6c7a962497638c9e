"""At a PC of a centre: what the approval of the first PC is for, joining or new keys of a PC that has joined."""

from __future__ import annotations

from desktop.app.installation import Installation
from desktop.app.seats.join_centre import join_centre, read_approval
from desktop.app.seats.renew_seat import read_new_approval, take_next_keys
from desktop.domain.exchange.peers import PeerCard
from desktop.domain.installation.new_seat import ApprovingCentre
from desktop.domain.installation.profile import ServerChoice


def read_any_approval(
    installation: Installation, number: str, password: str, approval: str
) -> PeerCard:
    """Whose approval it is, changing nothing; raises as :func:`take_approval`."""
    if installation.waits_to_join():
        return read_approval(installation, number, password, approval)[1]
    return read_new_approval(installation, number, password, approval)


def take_approval(
    installation: Installation,
    number: str,
    password: str,
    approval: str,
    choice: ServerChoice | str | None = None,
) -> ApprovingCentre:
    """Join the centre where this PC waits to join, else take the keys that wait for the approval into use. Raises what
    :func:`join_centre` or :func:`take_next_keys` raises."""
    act = join_centre if installation.waits_to_join() else take_next_keys
    return act(installation, number, password, approval, choice)

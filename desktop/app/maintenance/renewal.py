"""A centre goes on after an older backup of its database was restored."""

from __future__ import annotations

from desktop.app.installation import Installation
from desktop.app.profile.profile_file import profile_text
from desktop.domain.installation.bound_files import PROFILE
from desktop.services.bound.bind_files import bind_own
from desktop.services.exchange.take_in.renew_streams import renew_streams


def renew_centre(installation: Installation, number: str, password: str) -> None:
    """Begin the streams of its stations anew. Nobody else may have the profile open: what another program wrote in the
    former streams would reach nobody.

    Raises what signing in raises, ``WorldError("profile.in_use")``, and as :func:`renew_streams`.
    """
    installation.sign_in(number, password, alone=True)
    try:
        desk = installation.session
        bind_own(desk, PROFILE, profile_text(renew_streams(desk)))
    finally:
        installation.close()

"""The centre's offline backup key as the text of a file that the age tool reads."""

from __future__ import annotations

from desktop.sealing.age_identity import AgeIdentity


def new_backup_key() -> tuple[str, str]:
    """A fresh key: the text to be printed and locked away, and the recipient it opens for."""
    identity = AgeIdentity.generate()
    recipient = identity.recipient.text
    return f"# fanzha backup key\n# public key: {recipient}\n{identity.text}\n", recipient

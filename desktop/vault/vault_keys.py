"""Which keys open the vault, and which it seals to: they change while it is open."""

from __future__ import annotations

from typing import Protocol

from desktop.sealing.age_identity import AgeIdentity


class VaultKeys(Protocol):
    """:class:`desktop.sealing.key_ring.KeyRing`, as far as the vault sees it."""

    @property
    def identities(self) -> tuple[AgeIdentity, ...]:
        """Every one that is held, the newest first."""
        ...

    @property
    def in_use(self) -> AgeIdentity:
        """The one that new files are sealed to."""
        ...

    def look_again(self) -> bool:
        """Whether there are other keys than before: another program at the same data may have changed them."""
        ...

"""A vault's keys where there is one for ever."""

from __future__ import annotations

from dataclasses import dataclass

from desktop.sealing.age_identity import AgeIdentity


@dataclass(frozen=True)
class OneKey:
    """Implements :class:`desktop.vault.vault_keys.VaultKeys`."""

    in_use: AgeIdentity

    @property
    def identities(self) -> tuple[AgeIdentity, ...]:
        return (self.in_use,)

    def look_again(self) -> bool:
        return False

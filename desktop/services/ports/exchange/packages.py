"""Packages of the centre as services see them: the shelf that keeps the ones taken in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from desktop.domain.errors import AppError
from desktop.domain.exchange.data_package import DataPackage, PackageKind


class PackageShelf(Protocol):
    """Knows the kinds of package this program reads, and keeps what was taken in beside the database."""

    @property
    def versions(self) -> Mapping[PackageKind, str]:
        """Every kind this program reads → the version that is in force since sign-in."""
        ...

    @property
    def faults(self) -> tuple[AppError, ...]:
        """What was wrong with packages taken in before; the program's own data stands in for them."""
        ...

    def check(
        self, kind: PackageKind, version: str, files: Mapping[str, bytes], *, made_now: bool = False
    ) -> None:
        """Read the content as it would be read at work; one ``made_now`` must tell all that this program knows, while
        one of an older program leaves what came later to the program's own data.

        Raises:
            WorldError: ``pack.unfit`` with the name of what can not be read or is missing.
        """
        ...

    def keep(self, package: DataPackage) -> str:
        """Make the package durable beside the ones kept before; its id, the SHA-256 of its signed head."""
        ...


class NoPackages:
    """A shelf without a place: reads no kind."""

    @property
    def versions(self) -> Mapping[PackageKind, str]:
        """None."""
        return {}

    @property
    def faults(self) -> tuple[AppError, ...]:
        """None."""
        return ()

    def check(
        self, kind: PackageKind, version: str, files: Mapping[str, bytes], *, made_now: bool = False
    ) -> None:
        """Nothing to compare with."""

    def keep(self, package: DataPackage) -> str:
        """Never reached: no kind is read."""
        raise NotImplementedError(package.head.kind)

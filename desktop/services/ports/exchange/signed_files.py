"""Files under our signature that are no bundle: evidence for a court, the audit, data packages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Protocol

from desktop.domain.evidence.court_handover import CourtHandoverPlan, HandedOver
from desktop.domain.exchange.data_package import DataPackage, PackageHead
from desktop.domain.ids import DeviceId
from desktop.domain.installation.audit import AuditFile
from desktop.domain.progress import Progress
from desktop.domain.records.fields import Json


class SignedFiles(Protocol):
    """What leaves under our signature apart from bundles."""

    def write_court_handover(
        self, folder: Path, plan: CourtHandoverPlan, progress: Progress
    ) -> HandedOver:
        """Evidence for a court as a signed bag in ``folder``, written, read back and recorded before it shows.

        Raises:
            UserInputError: ``folder.not_empty``. TrustError: ``vault.damaged``, ``bag.damaged``.
            WorldError: from medium or vault. In every case the folder is empty again.
        """

    def write_audit(
        self,
        target: Path,
        head: Mapping[str, Json],
        entries: Iterable[Mapping[str, Json]],
        record: Callable[[int], None],
    ) -> AuditFile:
        """Lines of the audit as a JSON file with our signature beside it; ``record`` is called with how many there are
        before anything shows. Raises ``WorldError`` as the disk does; nothing is left then."""
        ...

    def seal_package(
        self, head: PackageHead, files: Mapping[str, bytes], key: DeviceId | None = None
    ) -> bytes:
        """A package under the signature of ``key``, the pair in use by default; ``ValueError`` for unfit names."""
        ...

    def open_package(self, path: Path) -> DataPackage:
        """The package in a file, its signature and digests verified.

        Raises:
            TrustError: ``pack.malformed``, ``pack.newer_format``, ``pack.unsigned``, ``pack.altered``.
        """
        ...

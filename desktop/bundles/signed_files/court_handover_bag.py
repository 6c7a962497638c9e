"""Writing a hand-over: a BagIt bag (RFC 8493) in a folder, built out of sight, read back, and only then shown."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Final

from desktop.bundles.signed_files.bag import check_bag
from desktop.bundles.volumes.lanes import HashThread, hash_thread
from desktop.bundles.volumes.layout import BAG_INFO, BAGIT, PAYLOAD_LIST, SIGNATURE, TAG_LIST
from desktop.bundles.volumes.medium import LOCAL, Medium, medium_errors
from desktop.bundles.volumes.tag_files import BAGIT_TEXT, digest_list
from desktop.bundles.volumes.write_then_read_progress import WriteThenReadProgress
from desktop.domain.errors import TrustError, UserInputError, WorldError
from desktop.domain.evidence.court_handover import (
    CourtHandoverFit,
    CourtHandoverPlan,
    Fixed,
    HandedOver,
    Original,
    fit_of,
)
from desktop.domain.progress import Progress
from desktop.runtime.files.atomic_file import size_text, sync_names
from desktop.runtime.files.resources import resource_path
from desktop.runtime.files.writeback import RawOutput
from desktop.runtime.media.medium_facts import medium_facts
from desktop.sealing.digests import Hash, new_sha256, new_sm3
from desktop.sealing.fingerprint import grouped
from desktop.sealing.keys import DeviceKeys
from desktop.sealing.sshsig import sign, verify

NAMESPACE: Final = "fanzha-hand-over"
"""Of its own: a signed bundle can never pass for a signed hand-over."""
STAGE: Final = ".hand-over.part"
SIGNERS: Final = "allowed_signers"
CARD: Final = "key-card.txt"
VERIFIER: Final = "verify.py"
_NAMED: Final = 8
"""Files a message names; the list on the screen marks all."""
_READMES: Final = ("README-zh.txt", "README-en.txt")


def write_court_handover(
    folder: Path,
    plan: CourtHandoverPlan,
    keys: DeviceKeys,
    progress: Progress,
    *,
    medium: Medium = LOCAL,
) -> HandedOver:
    """Write, fsync, read back past the cache and verify; then ``plan.record``, then the bag shows in ``folder``.

    It shows piece by piece with ``bagit.txt`` last: what a pulled stick leaves is never taken for a bag. ``record``
    comes before, as a copy nobody knows of is worse than a record of a copy that failed to show.

    Raises:
        UserInputError: folder.not_empty. TrustError: vault.damaged, bag.… (what was written reads otherwise).
        WorldError: disk.not_enough, hand_over.too_long (before anything is written), disk.full, medium.gone, disk.…
        In every case nothing of ours stays in the folder.
    """
    stage = folder / STAGE
    sizes = [original.size for original in plan.originals]
    with medium_errors(folder):
        folder.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(stage, ignore_errors=True)  # what a power cut left
        if any(folder.iterdir()):
            raise UserInputError("folder.not_empty")
        facts = replace(medium_facts(folder), free=medium.free(folder))
    fit = fit_of(facts, sizes)
    _require_fit(fit, sizes)
    try:
        with medium_errors(folder, fit.need):
            (stage / "data").mkdir(parents=True)
            bag = _Bag(stage, keys, WriteThenReadProgress(progress, sum(sizes)))
            digest = bag.write(plan)
            bag.read_back(medium)
            plan.record(digest)
            _show(stage, folder)
    except BaseException:
        shutil.rmtree(stage, ignore_errors=True)
        raise
    return HandedOver(
        folder=folder,
        files=tuple(folder / original.path for original in plan.originals),
        listing=folder / PAYLOAD_LIST,
        digest=digest,
        fingerprint=grouped(keys.device_id),
    )


def _require_fit(fit: CourtHandoverFit, sizes: Sequence[int]) -> None:
    if fit.too_long:
        raise WorldError(
            "hand_over.too_long",
            count=len(fit.too_long),
            numbers=", ".join(f"{at + 1} ({size_text(sizes[at])})" for at in fit.too_long[:_NAMED]),
            file_system=fit.medium.file_system,
            most=size_text(fit.medium.largest_file or 0),
        )
    if not fit.room:
        free = size_text(fit.medium.free)
        raise WorldError("disk.not_enough", need=size_text(fit.need), free=free)


class _Bag:
    """One bag being built in ``stage``."""

    def __init__(self, stage: Path, keys: DeviceKeys, progress: WriteThenReadProgress) -> None:
        self._stage = stage
        self._keys = keys
        self._progress = progress
        self._written = 0
        self._tags: dict[str, str] = {}

    def write(self, plan: CourtHandoverPlan) -> str:
        """Everything; the SHA-256 of the tag manifest."""
        with hash_thread() as lane:
            fixed = [self._original(original, plan, lane) for original in plan.originals]
        sync_names(self._stage / "data")
        verifier = resource_path(f"hand_over/{VERIFIER}").read_bytes()
        oxum = f"{sum(one.size for one in fixed)}.{len(fixed)}"
        self._tag(BAGIT, BAGIT_TEXT)
        self._tag(BAG_INFO, _info({**plan.info, "Payload-Oxum": oxum}))
        self._tag(PAYLOAD_LIST, digest_list((one.sha256, one.path) for one in fixed))
        self._tag(CARD, plan.card.encode())
        self._tag(SIGNERS, f"{self._keys.device_id} {self._keys.signing_line}\n".encode("ascii"))
        self._tag(VERIFIER, verifier)
        for name, text in _readmes(plan.words, self._keys):
            self._tag(name, text)
        for name, data in plan.lists(fixed, hashlib.sha256(verifier).hexdigest()).items():
            self._tag(name, data)
        tags = digest_list((digest, name) for name, digest in self._tags.items())
        self._put(TAG_LIST, tags)
        self._put(SIGNATURE, sign(tags, self._keys.signing, NAMESPACE).encode("ascii"))
        sync_names(self._stage)
        return hashlib.sha256(tags).hexdigest()

    def read_back(self, medium: Medium) -> None:
        """From the medium and not from memory, where the system can be asked; as a receiver would."""
        for path in self._stage.rglob("*"):
            if path.is_file():
                medium.forget_cache(path)
        self._progress.turn()
        check_bag(self._stage, self._progress)
        signature = (self._stage / SIGNATURE).read_text("ascii")
        signer = verify((self._stage / TAG_LIST).read_bytes(), signature, NAMESPACE)
        if signer != self._keys.public_raw:
            raise TrustError("sshsig.mismatch")

    def _original(self, original: Original, plan: CourtHandoverPlan, lane: HashThread) -> Fixed:
        sha256, sm3 = new_sha256(), new_sm3()
        md5 = hashlib.md5(usedforsecurity=False) if plan.md5 else None
        hashes: list[Hash] = [sha256, sm3, *([md5] if md5 else [])]
        size = 0
        with closing(original.blocks()) as blocks, _new_file(self._stage / original.path) as target:
            for block in blocks:
                self._progress.check()
                for running in hashes:
                    lane.update(running, block)
                target.write(memoryview(block))
                size += len(block)
                self._written += len(block)
                self._progress.wrote(self._written)
        found = [lane.result(running) for running in hashes]
        if found[0] != original.sha256:
            raise TrustError("vault.damaged")
        return Fixed(original.path, size, found[0], found[1], found[2] if md5 else "")

    def _tag(self, name: str, data: bytes) -> None:
        self._put(name, data)
        self._tags[name] = hashlib.sha256(data).hexdigest()

    def _put(self, name: str, data: bytes) -> None:
        with _new_file(self._stage / name) as target:
            target.write(memoryview(data))


@contextlib.contextmanager
def _new_file(path: Path) -> Iterator[RawOutput]:
    """A file that is on the medium when the block ends: the stick may be pulled the moment we say that it is done."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    with closing(RawOutput(os.open(path, flags, 0o644))) as target:
        yield target
        target.sync()


def _info(rows: Mapping[str, str]) -> bytes:
    return "".join(f"{label}: {' '.join(text.split())}\n" for label, text in rows.items()).encode()


def _readmes(words: Mapping[str, str], keys: DeviceKeys) -> Iterator[tuple[str, bytes]]:
    """The instructions, with a mark so that every editor of Windows takes them for UTF-8."""
    known = {**words, "device": keys.device_id, "fingerprint": grouped(keys.device_id)}
    for name in _READMES:
        text = resource_path(f"hand_over/{name}").read_text("utf-8")
        for word, value in known.items():
            text = text.replace(f"{{{word}}}", value)
        yield name, text.encode("utf-8-sig", "replace")


def _show(stage: Path, folder: Path) -> None:
    """All or nothing of it; what somebody else has put into ``folder`` meanwhile is left alone."""
    names = sorted(path.name for path in stage.iterdir() if path.name != BAGIT)
    if any((folder / name).exists() for name in (*names, BAGIT)):
        raise UserInputError("folder.not_empty")
    shown: list[Path] = []
    try:
        for name in (*names, BAGIT):
            (stage / name).rename(folder / name)
            shown.append(folder / name)
        stage.rmdir()
        sync_names(folder)
    except BaseException:
        for path in shown:
            _remove(path)
        raise


def _remove(path: Path) -> None:
    with contextlib.suppress(OSError):
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)

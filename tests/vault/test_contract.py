"""The same promises, kept by the real vault and by the fake one that other tests build on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.sealing.age_identity import AgeIdentity
from desktop.services.ports import Vault
from desktop.vault.encrypted_vault import EncryptedVault
from tests.support.fake_vault import FakeVault
from tests.support.one_key import OneKey
from tests.vault.contract import VaultContract


class TestEncryptedVault(VaultContract):
    @pytest.fixture
    def vault(self, tmp_path: Path) -> Vault:
        return EncryptedVault(tmp_path / "profile" / "vault", OneKey(AgeIdentity.generate()))

    @pytest.fixture(autouse=True)
    def nothing_is_left_in_tmp(self, tmp_path: Path, vault: Vault) -> Iterator[None]:
        yield
        assert list((tmp_path / "profile" / "vault" / "tmp").glob("*")) == []


class TestFakeVault(VaultContract):
    @pytest.fixture
    def vault(self) -> Vault:
        return FakeVault()

"""Where things are, and the refusal of network shares."""

from pathlib import Path

import pytest

from desktop.domain.errors import WorldError
from desktop.runtime.files import paths
from desktop.runtime.files.paths import (
    ProfilePaths,
    assert_local_disk,
    default_profile_folder,
    file_system_of,
    parse_mounts,
)
from tests.support.strict import all_of

MOUNTS = r"""
rootfs / ext4 rw 0 0
server:/export /home nfs4 rw 0 0
/dev/sdb1 /home/desk ext4 rw 0 0
//server/share /mnt/our\040files cifs rw 0 0
desk@server: /mnt/ssh fuse.sshfs rw 0 0
/dev/sdc1 /media/stick fuseblk rw 0 0
tmpfs /mnt/twice tmpfs rw 0 0
host /mnt/twice 9p rw 0 0
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/var/lib/desk", ""),
        ("/home/clerk/desk", "nfs4"),
        ("/home/desk/profile", ""),
        ("/homework", ""),
        ("/mnt/our files/desk", "cifs"),
        ("/mnt/ssh", "fuse.sshfs"),
        ("/media/stick/out", ""),
        ("/mnt/twice/x", "9p"),
    ],
)
def test_network_shares_are_distinguished_from_disks(
    path: str, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = file_system_of(Path(path), parse_mounts(MOUNTS.splitlines()))
    monkeypatch.setattr(paths, "file_system_of", lambda *_: found)
    if not kind:
        assert_local_disk(Path("/"))
        return
    with pytest.raises(WorldError) as caught:
        assert_local_disk(Path("/"))
    assert caught.value.code == "disk.network"
    assert caught.value.params == {"kind": kind}


def test_a_profile_is_made_for_its_owner_alone(tmp_path: Path) -> None:
    profile = ProfilePaths(tmp_path / "反诈 台")
    assert not profile.exists()
    profile.create()
    profile.create()
    for folder in (profile.root, profile.vault, profile.drafts, profile.quarantine, profile.out):
        assert folder.stat().st_mode & 0o777 == 0o700
    assert not profile.exists()
    profile.key_file.touch()
    assert profile.exists()


def test_every_path_lies_below_the_root(tmp_path: Path) -> None:
    profile = ProfilePaths(tmp_path)
    names = [name for name, kind in vars(ProfilePaths).items() if isinstance(kind, property)]
    places = [getattr(profile, name) for name in names]
    assert len(set(places)) == len(names)
    assert all_of(place.is_relative_to(tmp_path) for place in places)


def test_the_default_profile(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.delenv("FANZHA_PROFILE", raising=False)
    assert default_profile_folder() == tmp_path / "fanzha-desk"
    monkeypatch.setenv("FANZHA_PROFILE", "elsewhere")
    assert default_profile_folder() == Path("elsewhere")

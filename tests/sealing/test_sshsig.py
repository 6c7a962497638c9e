"""SSH signatures, with ssh-keygen as the other party."""

from __future__ import annotations

import base64
import io
import subprocess
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.domain.errors import TrustError
from desktop.sealing.sshsig import parse_public_line, public_line, sign, verify
from tests.support.sweep import examples

KEY = Ed25519PrivateKey.generate()
RAW = KEY.public_key().public_bytes_raw()
NAMESPACE = "fanzha-test"

LONGEST = 4096
"""Characters of a signature, as ``docs/bundle-format.md`` says."""


@pytest.mark.parametrize("message", [b"", b"one", b"\x00\r\n" * 70_000])
def test_round_trip_bytes_and_streams(message: bytes) -> None:
    text = sign(message, KEY, NAMESPACE)
    assert text == sign(io.BytesIO(message), KEY, NAMESPACE)
    assert verify(message, text, NAMESPACE) == verify(io.BytesIO(message), text, NAMESPACE) == RAW


@pytest.mark.parametrize("columns", [1, 64, 70, 1000])
def test_however_its_lines_are_broken(columns: int) -> None:
    begin, *body, end = sign(b"message", KEY, NAMESPACE).strip().split("\n")
    whole = "".join(body)
    lines = [whole[place : place + columns] for place in range(0, len(whole), columns)]
    for joint in ("\n", "\r\n"):
        assert verify(b"message", joint.join([begin, *lines, end]), NAMESPACE) == RAW
    for framed in ([*lines, end], [begin, *lines], [end, *lines, begin], [begin, end]):
        with pytest.raises(TrustError, match=r"^sshsig\.damaged$"):
            verify(b"message", "\n".join(framed), NAMESPACE)


def test_a_text_is_as_long_as_is_looked_at_and_no_longer() -> None:
    text = sign(b"message", KEY, NAMESPACE)
    assert verify(b"message", text.ljust(LONGEST, "\n"), NAMESPACE) == RAW
    with pytest.raises(TrustError, match=r"^sshsig\.damaged$"):
        verify(b"message", text.ljust(LONGEST + 1, "\n"), NAMESPACE)


def test_wrong_namespace_and_wrong_message_are_distinguished() -> None:
    text = sign(b"message", KEY, NAMESPACE)
    with pytest.raises(TrustError, match=r"sshsig\.namespace"):
        verify(b"message", text, "fanzha-other")
    with pytest.raises(TrustError, match=r"sshsig\.mismatch"):
        verify(b"massage", text, NAMESPACE)


@given(st.integers(0, 10_000), st.integers(0, 7))
@settings(max_examples=examples(200))
def test_any_flipped_bit_is_refused(position: int, bit: int) -> None:
    text = bytearray(sign(b"message", KEY, NAMESPACE).rstrip().encode())
    text[position % len(text)] ^= 1 << bit
    with pytest.raises(TrustError, match=r"^sshsig\."):
        verify(b"message", text.decode("latin-1"), NAMESPACE)


@pytest.mark.parametrize("text", ["", "x", "-----BEGIN SSH SIGNATURE-----\n\n", "A" * 9000])
def test_other_texts_are_refused(text: str) -> None:
    with pytest.raises(TrustError, match=r"sshsig\.damaged"):
        verify(b"message", text, NAMESPACE)


def test_public_line() -> None:
    line = public_line(RAW, "desk A")
    assert line.startswith("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI")
    assert line.endswith(" desk A")
    assert parse_public_line(line) == RAW
    for wrong in ("", "ssh-rsa AAAA x", "ssh-ed25519 AAAA", line.replace("AAAAI", "AAAAJ")):
        with pytest.raises(ValueError, match=r"ssh-ed25519|base64|padding"):
            parse_public_line(wrong)


def test_ssh_keygen_verifies_ours(tmp_path: Path) -> None:
    (tmp_path / "message.sig").write_text(sign(b"message", KEY, NAMESPACE), encoding="ascii")
    allowed = tmp_path / "allowed_signers"
    allowed.write_text(f'desk namespaces="{NAMESPACE}" {public_line(RAW, "")}\n', encoding="ascii")
    command = ["ssh-keygen", "-Y", "verify", "-f", str(allowed), "-I", "desk", "-n", NAMESPACE]
    command += ["-s", str(tmp_path / "message.sig")]
    good = subprocess.run(command, input=b"message", capture_output=True, check=False)
    bad = subprocess.run(command, input=b"massage", capture_output=True, check=False)
    assert good.returncode == 0, good.stderr
    assert bad.returncode != 0


def test_we_verify_what_ssh_keygen_signs(tmp_path: Path) -> None:
    secret = tmp_path / "key"
    secret.write_bytes(KEY.private_bytes(Encoding.PEM, PrivateFormat.OpenSSH, NoEncryption()))
    secret.chmod(0o600)
    signed = subprocess.run(
        ["ssh-keygen", "-Y", "sign", "-f", str(secret), "-n", NAMESPACE],
        input=b"message",
        capture_output=True,
        check=True,
    )
    assert verify(b"message", signed.stdout.decode(), NAMESPACE) == RAW


def test_what_stands_behind_a_signature_makes_it_another_text() -> None:
    begin, *body, end = sign(b"message", KEY, NAMESPACE).strip().split("\n")
    blob = base64.b64decode("".join(body))
    longer = "\n".join([begin, base64.b64encode(blob + b"\0").decode(), end])
    with pytest.raises(TrustError, match=r"^sshsig\.damaged$"):
        verify(b"message", longer, NAMESPACE)

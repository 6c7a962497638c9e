#!/usr/bin/env python3
"""移送文件夹核验工具 / Verifier of a hand-over folder.

只用 Python 3.8 或更高版本的标准库，不联网，不改动任何文件。
Needs Python 3.8 or later and nothing else; uses no network, changes no file.

    python verify.py                        核验本文件所在的文件夹 / the folder this file lies in
    python verify.py FOLDER                 核验另一个文件夹 / another folder
    python verify.py --fingerprint ABCD-…   同时核对移送单位的设备指纹 / and compare the fingerprint
    python verify.py --json                 机器可读的结果 / a result for programs

结束状态 / exit status: 0 全部一致 all holds, 1 不一致 something does not, 2 用法错误 wrong usage.

核验内容 / What is checked: BagIt (RFC 8493) structure, SHA-256 of every file, nothing missing, nothing added,
the list of items (SHA-256, SM3, MD5, sizes), and the Ed25519 signature (OpenSSH SSHSIG) over the tag manifest.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys

NAMESPACE = "fanzha-hand-over"
PAYLOAD_LIST = "manifest-sha256.txt"
TAG_LIST = "tagmanifest-sha256.txt"
SIGNATURE = "tagmanifest-sha256.txt.sig"
SIGNERS = "allowed_signers"
ITEMS = "list.json"
REQUIRED = ("bagit.txt", "bag-info.txt", PAYLOAD_LIST, SIGNERS, ITEMS)
BAGIT = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
BLOCK = 1 << 20
MOST_TAG = 64 << 20

_ROW = re.compile(r"([0-9a-f]{64})  ([A-Za-z0-9][A-Za-z0-9._/-]*)")


class Refused(Exception):
    """Something does not hold; the words are for people, in both languages."""

    def __init__(self, chinese, english):
        super().__init__(english)
        self.chinese = chinese
        self.english = english


# ---------------------------------------------------------------- files and digests


def files_below(folder):
    """Every file as a slash path; links and special files are refused."""
    found = {}
    for root, folders, names in os.walk(folder, onerror=_unreadable):
        for name in folders + names:
            path = os.path.join(root, name)
            shown = os.path.relpath(path, folder).replace(os.sep, "/")
            if os.path.islink(path) or not (os.path.isdir(path) or os.path.isfile(path)):
                raise Refused(f"不是普通文件：{shown}", f"not a plain file: {shown}")
            if os.path.isfile(path):
                found[shown] = os.path.getsize(path)
    return found


def _unreadable(error):
    raise Refused("文件夹读取失败", f"a folder cannot be read: {error.strerror}")


def small(folder, name):
    """The octets of a tag file."""
    path = os.path.join(folder, *name.split("/"))
    if not os.path.isfile(path):
        raise Refused(f"缺少文件：{name}", f"missing: {name}")
    if os.path.getsize(path) > MOST_TAG:
        raise Refused(f"文件过大：{name}", f"too large: {name}")
    with open(path, "rb") as stream:
        return stream.read()


def rows_of(data, name):
    """Path to digest of one manifest; every line must be one that ``sha256sum -c`` reads."""
    try:
        lines = data.decode("ascii").split("\n")
    except UnicodeDecodeError:
        lines = ["", "?"]
    rows = {}
    for line in lines[:-1]:
        match = _ROW.fullmatch(line)
        parts = match.group(2).split("/") if match else [""]
        if match is None or "" in parts or "." in parts or ".." in parts or match.group(2) in rows:
            raise Refused(f"清单格式不对：{name}", f"malformed list: {name}")
        rows[match.group(2)] = match.group(1)
    if lines[-1] or not rows:
        raise Refused(f"清单格式不对：{name}", f"malformed list: {name}")
    return rows


def new_hash(name):
    """A digest by name; None where this Python does not have it."""
    try:
        return hashlib.new(name)
    except ValueError:
        return None


def digests_of(folder, path, names, tell):
    """The wanted digests of one file, read once."""
    hashes = {name: new_hash(name) for name in names}
    with open(os.path.join(folder, *path.split("/")), "rb") as stream:
        while True:
            block = stream.read(BLOCK)
            if not block:
                break
            for digest in hashes.values():
                if digest is not None:
                    digest.update(block)
            tell(len(block))
    return {name: digest.hexdigest() for name, digest in hashes.items() if digest is not None}


# ---------------------------------------------------------------- Ed25519 (RFC 8032) and SSHSIG

_P = 2**255 - 19
_L = 2**252 + 27742317777372353535851937790883648493
_D = -121665 * pow(121666, _P - 2, _P) % _P
_ROOT = pow(2, (_P - 1) // 4, _P)


def _x_of(y, sign):
    """The x of a point (RFC 8032, 5.1.3); None where there is no such point."""
    if y >= _P:
        return None
    square = (y * y - 1) * pow(_D * y * y + 1, _P - 2, _P) % _P
    if square == 0:
        return None if sign else 0
    x = pow(square, (_P + 3) // 8, _P)
    if (x * x - square) % _P:
        x = x * _ROOT % _P
    if (x * x - square) % _P:
        return None
    return _P - x if x & 1 != sign else x


_BASE_Y = 4 * pow(5, _P - 2, _P) % _P
_BASE_X = _x_of(_BASE_Y, 0)
_BASE = (_BASE_X, _BASE_Y, 1, _BASE_X * _BASE_Y % _P)


def _add(one, two):
    a = (one[1] - one[0]) * (two[1] - two[0]) % _P
    b = (one[1] + one[0]) * (two[1] + two[0]) % _P
    c = 2 * one[3] * two[3] * _D % _P
    d = 2 * one[2] * two[2] % _P
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % _P, g * h % _P, f * g % _P, e * h % _P)


def _times(factor, point):
    total = (0, 1, 1, 0)
    while factor:
        if factor & 1:
            total = _add(total, point)
        point = _add(point, point)
        factor >>= 1
    return total


def _point(octets):
    number = int.from_bytes(octets, "little")
    y, sign = number & ((1 << 255) - 1), number >> 255
    x = _x_of(y, sign)
    return None if x is None else (x, y, 1, x * y % _P)


def ed25519_holds(public, message, signature):
    """Whether ``signature`` (64 octets) over ``message`` is of the key ``public`` (32 octets)."""
    if len(public) != 32 or len(signature) != 64:
        return False
    key, nonce = _point(public), _point(signature[:32])
    scalar = int.from_bytes(signature[32:], "little")
    if key is None or nonce is None or scalar >= _L:
        return False
    digest = hashlib.sha512(signature[:32] + public + message).digest()
    challenge = int.from_bytes(digest, "little") % _L
    left, right = _times(scalar, _BASE), _add(nonce, _times(challenge, key))
    same_x = (left[0] * right[2] - right[0] * left[2]) % _P == 0
    return same_x and (left[1] * right[2] - right[1] * left[2]) % _P == 0


def _string(octets):
    return len(octets).to_bytes(4, "big") + octets


def _strings(blob):
    """All SSH strings of a blob (RFC 4251, 5); ValueError when it does not come out even."""
    found, at = [], 0
    while at < len(blob):
        size = int.from_bytes(blob[at : at + 4], "big")
        if at + 4 + size > len(blob):
            raise ValueError("cut short")
        found.append(blob[at + 4 : at + 4 + size])
        at += 4 + size
    return found


def sshsig_key(message, armored):
    """The Ed25519 key that signed ``message`` (OpenSSH PROTOCOL.sshsig); Refused when the signature does not hold."""
    wrong = Refused("签名文件损坏或被改动", "the signature file is damaged or altered")
    try:
        lines = armored.decode("ascii").strip("\n").split("\n")
        body = "".join(lines[1:-1])
        blob = base64.b64decode(body.encode("ascii"), validate=True)
        if (lines[0], lines[-1]) != (
            "-----BEGIN SSH SIGNATURE-----",
            "-----END SSH SIGNATURE-----",
        ):
            raise wrong
        if blob[:10] != b"SSHSIG\x00\x00\x00\x01" or base64.b64encode(blob).decode("ascii") != body:
            raise wrong
        key, namespace, reserved, algorithm, signature = _strings(blob[10:])
        key_kind, public = _strings(key)
        kind, mark = _strings(signature)
    except (ValueError, IndexError, binascii.Error):
        raise wrong from None
    if (key_kind, kind, algorithm, reserved) != (b"ssh-ed25519", b"ssh-ed25519", b"sha512", b""):
        raise wrong
    if namespace != NAMESPACE.encode("ascii"):
        raise Refused("签名不是为移送文件夹作的", "the signature was made for another purpose")
    signed = b"SSHSIG" + _string(namespace) + _string(b"") + _string(algorithm)
    signed += _string(hashlib.sha512(message).digest())
    if not ed25519_holds(public, signed, mark):
        raise Refused("签名与清单不符", "the signature does not match the tag manifest")
    return public


_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def fingerprint(public):
    """The device id people compare: 16 characters (80 bits) of SHA-256 over the key."""
    number = int.from_bytes(hashlib.sha256(public).digest()[:10], "big")
    text = "".join(_CROCKFORD[number >> shift & 31] for shift in range(75, -1, -5))
    return "-".join(text[start : start + 4] for start in range(0, 16, 4))


def with_ssh_keygen(folder, identity):
    """What OpenSSH says of the signature: True, False, or None where it is not installed."""
    program = shutil.which("ssh-keygen")
    if program is None:
        return None
    command = [
        program,
        "-Y",
        "verify",
        "-f",
        os.path.join(folder, SIGNERS),
        "-I",
        identity,
        "-n",
        NAMESPACE,
        "-s",
        os.path.join(folder, SIGNATURE),
    ]
    try:
        with open(os.path.join(folder, TAG_LIST), "rb") as message:
            done = subprocess.run(
                command,
                stdin=message,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                timeout=60,
                check=False,
            )
    except (OSError, subprocess.TimeoutExpired):
        return None
    if b"unknown option" in done.stdout or b"illegal option" in done.stdout:
        return None  # an OpenSSH before 8.1 has no such command
    return done.returncode == 0


# ---------------------------------------------------------------- the whole check


def check_signature(folder, tags):
    """The signer's fingerprint and how the signature was checked."""
    public = sshsig_key(tags, small(folder, SIGNATURE))
    words = small(folder, SIGNERS).decode("ascii", "replace").split()
    blob = base64.b64encode(_string(b"ssh-ed25519") + _string(public)).decode("ascii")
    if len(words) < 3 or words[1:3] != ["ssh-ed25519", blob]:
        raise Refused(
            "签名的密钥与公钥文件不是同一个",
            "the key that signed is not the one in allowed_signers",
        )
    openssh = with_ssh_keygen(folder, words[0])
    if openssh is False:
        raise Refused("ssh-keygen 认为签名不成立", "ssh-keygen refuses the signature")
    return fingerprint(public), openssh


def check_structure(folder, files):
    """The two manifests, after it is sure that they name exactly the files that are there."""
    for name in REQUIRED + (TAG_LIST, SIGNATURE):
        if name not in files:
            raise Refused(f"缺少文件：{name}", f"missing: {name}")
    if small(folder, "bagit.txt") != BAGIT:
        raise Refused("bagit.txt 不是本格式", "bagit.txt is not of this format")
    tags, payload = (
        rows_of(small(folder, TAG_LIST), TAG_LIST),
        rows_of(small(folder, PAYLOAD_LIST), PAYLOAD_LIST),
    )
    for name in REQUIRED:
        if name not in tags:
            raise Refused(f"总清单未列出：{name}", f"not in the tag manifest: {name}")
    listed = set(tags) | set(payload) | {TAG_LIST, SIGNATURE}
    for name in sorted(set(files) - listed):
        raise Refused(f"多出文件：{printable(name)}", f"added file: {printable(name)}")
    for name in sorted(listed - set(files)):
        raise Refused(f"缺少文件：{name}", f"missing: {name}")
    for rows, inside in ((payload, True), (tags, False)):
        for name in rows:
            if name.startswith("data/") is not inside:
                raise Refused(f"清单位置不对：{name}", f"listed in the wrong manifest: {name}")
    found = re.search(rb"^Payload-Oxum: (\d+)\.(\d+)$", small(folder, "bag-info.txt"), re.MULTILINE)
    size = sum(files[name] for name in payload)
    if found is None or (int(found.group(1)), int(found.group(2))) != (size, len(payload)):
        raise Refused("Payload-Oxum 与原件不符", "Payload-Oxum does not match the payload")
    return tags, payload


def check_items(items, payload, files):
    """The list of items names exactly the payload, with the same digests and sizes."""
    try:
        listed = {item["path"]: item for item in items["items"]}
        same = items["format"] == NAMESPACE and len(listed) == len(items["items"])
        same = same and set(listed) == set(payload)
        same = same and all(
            listed[name]["sha256"] == payload[name] and listed[name]["size"] == files[name]
            for name in listed
        )
    except (KeyError, TypeError):
        same = False
    if not same:
        raise Refused("list.json 与原件清单不一致", "list.json does not agree with the manifest")
    return listed


def check(folder, tell):
    """Everything; a report, or Refused at the first thing that does not hold."""
    files = files_below(folder)
    tags, payload = check_structure(folder, files)
    signer, openssh = check_signature(folder, small(folder, TAG_LIST))
    for name in sorted(tags):
        if digests_of(folder, name, ["sha256"], tell)["sha256"] != tags[name]:
            raise Refused(f"文件被改动：{name}", f"altered: {name}")
    try:
        items = json.loads(small(folder, ITEMS).decode("utf-8"))
    except ValueError:
        raise Refused("list.json 无法读取", "list.json cannot be read") from None
    listed = check_items(items, payload, files)
    checked = set()
    for name in sorted(payload):
        wanted = {"sha256": payload[name]}
        wanted.update(
            (kind, listed[name][kind]) for kind in ("sm3", "md5") if listed[name].get(kind)
        )
        found = digests_of(folder, name, wanted, tell)
        for kind, digest in found.items():
            if digest != wanted[kind]:
                raise Refused(f"文件被改动：{name}（{kind}）", f"altered: {name} ({kind})")
        checked.add(tuple(sorted(set(wanted) - set(found))))
    return {
        "ok": True,
        "folder": os.path.abspath(folder),
        "items": len(payload),
        "size": sum(files[name] for name in payload),
        "fingerprint": signer,
        "signature_checked_by": ["python"] + (["ssh-keygen"] if openssh else []),
        "not_checked": sorted({kind for kinds in checked for kind in kinds}),
        "case": items.get("case", {}).get("number", ""),
        "unit": items.get("unit", {}).get("name", ""),
        "made_at": items.get("made_at", ""),
        "receiver": items.get("receiver", ""),
    }


# ---------------------------------------------------------------- words


def printable(text):
    """Without control characters: a name must not move the cursor of the person who reads it."""
    return "".join(mark if mark.isprintable() else "?" for mark in str(text))


def say(chinese, english, stream=None):
    """One thing in both languages."""
    print(printable(chinese), file=stream or sys.stdout)
    print("  " + printable(english), file=stream or sys.stdout)


class Meter:
    """Tells how far the reading is, on a terminal only."""

    def __init__(self, total):
        self.total = max(total, 1)
        self.done = 0
        self.shown = -1

    def __call__(self, octets):
        self.done += octets
        percent = min(100, self.done * 100 // self.total)
        if percent != self.shown and sys.stderr.isatty():
            self.shown = percent
            end = "\n" if percent == 100 else ""
            print(f"\r核验中 checking {percent}%", end=end, file=sys.stderr, flush=True)


def tell(report, wanted):
    """The report for people."""
    say(
        "核验通过：全部文件与移送时一致，签名有效。",
        "VERIFIED: every file is as it was handed over, the signature holds.",
    )
    say(
        f"原件 {report['items']} 项，共 {report['size']} 字节",
        f"{report['items']} items, {report['size']} bytes",
    )
    say(
        f"移送单位：{report['unit']}  案件：{report['case']}",
        f"unit: {report['unit']}  case: {report['case']}",
    )
    if "ssh-keygen" in report["signature_checked_by"]:
        say(
            "签名由本工具和 ssh-keygen 各核验一次。",
            "The signature was checked by this script and by ssh-keygen.",
        )
    else:
        say(
            "签名由本工具核验（本机没有可用的 ssh-keygen）。",
            "The signature was checked by this script alone (no usable ssh-keygen here).",
        )
    if report["not_checked"]:
        kinds = " ".join(report["not_checked"]).upper()
        say(
            f"本机的 Python 没有 {kinds}，该项未核对；SHA-256 已逐一核对。",
            f"{kinds} not checked: this Python lacks it.",
        )
    say(f"设备指纹：{report['fingerprint']}", f"fingerprint: {report['fingerprint']}")
    if not wanted:
        say(
            "请与纸质清单上签名盖章处的设备指纹逐字核对：相同才说明文件夹出自该单位。",
            "Compare it with the fingerprint on the signed paper list: only then is it known who made the folder.",
        )


def normal(text):
    """A fingerprint as typed, without its dashes; lookalikes as Crockford has it."""
    kept = "".join(mark for mark in text.upper() if mark.isalnum())
    return kept.replace("I", "1").replace("L", "1").replace("O", "0")


def run(arguments):
    """The command line; the exit status."""
    folder, wanted, as_json = "", "", False
    left = list(arguments)
    while left:
        word = left.pop(0)
        if word == "--json":
            as_json = True
        elif word == "--fingerprint" and left:
            wanted = left.pop(0)
        elif word.startswith("-") or folder:
            print(__doc__, file=sys.stderr)
            return 2
        else:
            folder = word
    folder = folder or os.path.dirname(os.path.abspath(__file__))
    try:
        if not os.path.isdir(folder):
            raise Refused("没有这个文件夹", "there is no such folder")
        report = check(folder, Meter(sum(files_below(folder).values())))
        if wanted and normal(report["fingerprint"]) != normal(wanted):
            raise Refused(
                f"设备指纹不符：文件夹由 {report['fingerprint']} 签名",
                f"another fingerprint: the folder was signed by {report['fingerprint']}",
            )
    except Refused as refused:
        return failed(refused.chinese, refused.english, as_json)
    except OSError as error:
        return failed(
            "读取失败，介质可能已拔出或损坏", f"cannot be read: {error.strerror}", as_json
        )
    if as_json:
        print(json.dumps(report, ensure_ascii=True))
    else:
        tell(report, wanted)
    return 0


def failed(chinese, english, as_json):
    """Say what does not hold."""
    if as_json:
        print(
            json.dumps({"ok": False, "problem": english, "problem_zh": chinese}, ensure_ascii=True)
        )
    else:
        say(f"核验不通过：{chinese}", f"NOT VERIFIED: {english}")
        say(
            "请勿使用，保留原样并联系移送单位。",
            "Do not use it; keep it as it is and ask the unit that made it.",
        )
    return 1


def main():
    """Run it, in whatever encoding the terminal has."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())

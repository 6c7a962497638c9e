"""Addresses of sites and machines. Nothing here ever opens one."""

from __future__ import annotations

import ipaddress
import re
import unicodedata
from typing import Final
from urllib.parse import quote, urlsplit

from desktop.domain.identifiers.plain import lowered, packed
from desktop.domain.identifiers.result import Check, Context, result

_DEFANGED: Final = re.compile(r"[\[({【]\.[\])}】]|。|｡")
_EDGES: Final = "<>《》「」“”\"'，；、,;"
_SCHEME: Final = re.compile(r"([a-z][a-z0-9+.-]*):/{0,2}", re.IGNORECASE)
_PORTS: Final = {"http": 80, "https": 443, "ftp": 21}
_SAFE: Final = "/?#[]@!$&'()*+,;=%:~"
_LONGEST_HOST: Final = 253
_HOST: Final = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?:\.(?!-)[a-z0-9_-]{1,63})*")


def check_url(kind: str, value: str, context: Context) -> Check:  # noqa: ARG001 - a Checker
    """``hxxp`` and ``[.]`` are undone, the host goes to punycode, a default port goes away.

    Facts: ``host`` (punycode), ``host_shown`` (as a browser may show it, when different), ``port``,
    ``host_form`` = ``ip``, ``scheme`` = ``guessed`` when none was written. Warnings: ``mixed_script`` (letters
    of several alphabets in one label), ``userinfo`` (``bank.com@evil.example``), ``scheme``, ``no_domain``.
    """
    text = _DEFANGED.sub(".", packed(value)).strip(_EDGES).rstrip(".")
    if not text:
        return result(kind, value, "", invalid=("empty",))
    scheme, rest, guessed = _split_scheme(text)
    try:
        parts = urlsplit(f"{scheme}://{rest}")
        port = parts.port
        host = _host(parts.hostname or "")
    except ValueError:
        return result(kind, value, text, invalid=("host",))
    facts = {"host": host, "scheme": "guessed" if guessed else ""}
    warn: tuple[str, ...] = () if scheme in _PORTS else ("scheme",)
    if parts.username is not None:
        warn += ("userinfo",)
    warn += _host_doubts(host, facts)
    shown = f":{port}" if port is not None and port != _PORTS.get(scheme) else ""
    facts["port"] = shown.removeprefix(":")
    wrapped = f"[{host}]" if ":" in host else host
    tail = f"?{parts.query}" if parts.query else ""
    tail += f"#{parts.fragment}" if parts.fragment else ""
    normal = f"{scheme}://{wrapped}{shown}{quote((parts.path or '/') + tail, safe=_SAFE)}"
    return result(kind, value, normal, warn=warn, facts=facts)


def _split_scheme(text: str) -> tuple[str, str, bool]:
    match = _SCHEME.match(text)
    # "example.com:8080" has a colon too, but what stands before it is a host.
    if match is None or ("." in match.group(1) and not match.group().endswith("/")):
        return "http", text.lstrip("/"), True
    scheme = match.group(1).lower().replace("hxxp", "http")
    return scheme, text[match.end() :], False


def _host(name: str) -> str:
    """The host in its one spelling; ``ValueError`` when no resolver could take it."""
    try:
        return str(ipaddress.ip_address(name))
    except ValueError:
        pass
    if len(name) > _LONGEST_HOST:
        raise ValueError("too long for a host")
    host = name.encode("idna").decode("ascii").lower().rstrip(".")
    if not _HOST.fullmatch(host):
        raise ValueError("not a host")
    return host


def _host_doubts(host: str, facts: dict[str, str]) -> tuple[str, ...]:
    """Warnings about ``host``; notes its shown form and its kind in ``facts``."""
    if _is_ip(host):
        facts["host_form"] = "ip"
        return ()
    try:
        shown = host.encode("ascii").decode("idna")
    except UnicodeError:
        return ("punycode",)
    if shown != host:
        facts["host_shown"] = shown
    doubts = ("mixed_script",) if any(map(_mixes_scripts, shown.split("."))) else ()
    return doubts if "." in host else (*doubts, "no_domain")


def _is_ip(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _mixes_scripts(label: str) -> bool:
    """Latin, Greek and Cyrillic letters look alike; one label needs only one of them."""
    alphabets = {
        unicodedata.name(sign, "").split(" ")[0]
        for sign in label
        if unicodedata.category(sign)[0] == "L"
    }
    return len(alphabets & {"LATIN", "CYRILLIC", "GREEK"}) > 1


def check_ip(kind: str, value: str, context: Context) -> Check:  # noqa: ARG001 - a Checker
    """IPv4 or IPv6, with a port or without. Facts: ``version``, ``port``; ``not_public``: no provider can tell
    whose it was."""
    text = _DEFANGED.sub(".", lowered(packed(value)))
    if not text:
        return result(kind, value, "", invalid=("empty",))
    bare, port = _split_port(text)
    try:
        address = ipaddress.ip_address(bare.partition("%")[0])
    except ValueError:
        return result(kind, value, text, invalid=("characters",))
    if port and int(port) > 65_535:
        return result(kind, value, text, invalid=("port",))
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    address = mapped or address
    warn = () if address.is_global else ("not_public",)
    facts = {"version": str(address.version), "port": port}
    return result(kind, value, str(address), warn=warn, facts=facts)


def _split_port(text: str) -> tuple[str, str]:
    match = re.fullmatch(r"\[([^\]]*)\](?::([0-9]{1,5}))?|([0-9.]+):([0-9]{1,5})", text)
    if match is None:
        return text, ""
    return match.group(1) or match.group(3), match.group(2) or match.group(4) or ""

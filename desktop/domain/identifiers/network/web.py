"""Addresses of sites. Nothing here ever opens one."""

from __future__ import annotations

import ipaddress
import re
import unicodedata
from typing import Final
from urllib.parse import quote, urlsplit

from desktop.domain.identifiers.plain import is_digits, packed, plain
from desktop.domain.identifiers.result import CheckContext, IdentifierCheck, reads, result

_DEFANGED: Final = re.compile(r"[\[({【]\.[\])}】]|。|｡")
_EDGES: Final = "<>《》「」“”\"'，；、,;"
_SCHEME: Final = re.compile(r"([a-z][a-z0-9+.-]*):/{0,2}", re.IGNORECASE)
_PORTS: Final = {"http": 80, "https": 443, "ftp": 21}
_SAFE: Final = "/?#[]@!$&'()*+,;=%:~"
_LONGEST_HOST: Final = 253
_BYTES: Final = 4
_HOST: Final = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?:\.(?!-)[a-z0-9_-]{1,63})*")


def undefanged(text: str) -> str:
    """Dots that were written ``[.]`` or ``。`` so that nobody opens the address by mistake."""
    return _DEFANGED.sub(".", text)


@reads(lambda text: undefanged(packed(text)).strip(_EDGES).rstrip("."))
def check_url(kind: str, value: str, text: str, context: CheckContext) -> IdentifierCheck:  # noqa: ARG001 - a Checker
    """``hxxp`` and ``[.]`` are undone, the host goes to punycode, a default port goes away.

    Facts: ``host`` (punycode), ``host_shown`` (as a browser may show it, when different), ``port``,
    ``host_form`` = ``ip``, ``scheme`` = ``guessed`` when none was written. Warnings: ``mixed_script`` (letters
    of several alphabets in one label), ``userinfo`` (``bank.com@evil.example``), ``scheme``, ``spaces`` (written
    apart to pass a filter, or two texts). ``no_domain``: no site on the network has a name without a dot.
    """
    scheme, rest, guessed = _split_scheme(text)
    if (
        scheme not in _PORTS
    ):  # a pay code or an app's own address: what follows has no host and may tell a from A
        return result(kind, value, text, warn=("scheme",))
    try:
        parts = urlsplit(f"{scheme}://{rest}")
        port = parts.port
        host = _host(parts.hostname or "")
        known = "." in host or _is_ip(host)
    except ValueError:
        return result(kind, value, text, invalid=("host",))
    facts = {"host": host, "scheme": "guessed" if guessed else ""}
    warn: tuple[str, ...] = ("userinfo",) if parts.username is not None else ()
    warn += _host_doubts(host, facts)
    if len(plain(value).split()) > 1:
        warn += ("spaces",)
    shown = f":{port}" if port is not None and port != _PORTS.get(scheme) else ""
    facts["port"] = shown.removeprefix(":")
    wrapped = f"[{host}]" if ":" in host else host
    tail = f"?{parts.query}" if parts.query else ""
    tail += f"#{parts.fragment}" if parts.fragment else ""
    normal = f"{scheme}://{wrapped}{shown}{quote((parts.path or '/') + tail, safe=_SAFE)}"
    invalid = () if known else ("no_domain",)
    return result(kind, value, normal, invalid=invalid, warn=warn, facts=facts)


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
        if not _may_be_host(name):
            raise
    if len(name) > _LONGEST_HOST:
        raise ValueError("too long for a host")
    host = name.encode("idna").decode("ascii").lower().rstrip(".")
    if not _HOST.fullmatch(host):
        raise ValueError("not a host")
    return host


def _may_be_host(name: str) -> bool:
    """Whether a name that is no address in full may be a host.

    One that ends in a number is an address to browsers, which also take it shortened: the last number then stands for
    all bytes that are left (``10.1`` for ``10.0.0.1``).
    """
    labels = name.rstrip(".").split(".")
    if not is_digits(labels[-1]):
        return True
    if len(labels) > _BYTES or not all(map(is_digits, labels)):
        return False
    *before, last = map(int, labels)
    return all(one < 256 for one in before) and last < 256 ** (_BYTES - len(before))


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
    return ("mixed_script",) if any(map(_mixes_scripts, shown.split("."))) else ()


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

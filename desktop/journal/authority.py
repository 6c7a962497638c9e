"""Names of the subjects that only their own device may speak of: its officers, whom it trusts, its keys and data."""

from __future__ import annotations


def officer_subject(device: str, number: str) -> str:
    """Subject of an officer enrolled on ``device``."""
    return f"officer/{device}/{number}"


def peer_subject(device: str, peer: str) -> str:
    """Subject of ``device``'s trust in ``peer``."""
    return f"party/{device}/{peer}"


def device_subject(device: str) -> str:
    """Subject of ``device`` itself: its clock."""
    return f"device/{device}"


def renewals_subject(stream: str) -> str:
    """Subject of when the centre began ``stream``, by the name it first had, anew."""
    return f"device/{stream.replace('.', '/')}"


def look_subject(case: str) -> str:
    """Subject of who saw a case. No part of the case: to look changes nothing that would have to be carried."""
    return f"look/{case}"


def keys_subject(device: str) -> str:
    """Subject of the keys ``device`` uses."""
    return f"keys/{device}"


def package_subject(device: str, kind: str) -> str:
    """Subject of the data of ``kind`` that ``device`` works with."""
    return f"pack/{device}/{kind}"


def file_subject(device: str, path: str = "") -> str:
    """Subject of a file that steers ``device``, by its path below the profile; without one what all of them begin
    with."""
    return f"file/{device}/{path}" if path else f"file/{device}"


def answer_subject(device: str, key: str) -> str:
    """Subject of an answer to an order that ``device`` could not take at once."""
    return f"answer/{device}/{key}"

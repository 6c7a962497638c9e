"""Certificates as they come: those of swindlers, and damaged ones, keep no rules."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from cryptography.utils import CryptographyDeprecationWarning


@contextmanager
def any_serial() -> Iterator[None]:
    """A serial number that is not positive (against RFC 5280, 4.1.2.2) is read like any other, without a warning."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", CryptographyDeprecationWarning)
        yield

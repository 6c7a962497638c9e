"""The printed recovery code: 150 random bits and 10 check bits, as 8 groups of 4 letters and
digits.

Crockford's base32 has no I, L, O and U, so that a hurried reader cannot mistake one for a digit;
what is typed instead of 1 and 0 is understood all the same.
"""

from __future__ import annotations

import hashlib
import secrets
import unicodedata
from typing import Final

from desktop.domain.errors import UserInputError

_ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_MISREAD: Final = str.maketrans({"O": "0", "I": "1", "L": "1"})
_SECRET: Final = 30
_CHECK: Final = 2
_GROUP: Final = 4


def _check(secret: str) -> str:
    digest = hashlib.sha256(b"fanzha recovery code:" + secret.encode("ascii")).digest()
    return _ALPHABET[digest[0] & 31] + _ALPHABET[digest[1] & 31]


def new_code() -> str:
    """A fresh code such as ``7QK2-M9XD-…``."""
    secret = "".join(secrets.choice(_ALPHABET) for _ in range(_SECRET))
    code = secret + _check(secret)
    return "-".join(code[place : place + _GROUP] for place in range(0, len(code), _GROUP))


def parse_code(text: str) -> bytes:
    """The secret behind a typed code: any case, any spacing or dashes, full-width or not.

    Raises:
        UserInputError: ``recovery.mistyped``.
    """
    plain = unicodedata.normalize("NFKC", text).upper().translate(_MISREAD)
    code = "".join(char for char in plain if char.isalnum())
    secret, check = code[:_SECRET], code[_SECRET:]
    sound = len(code) == _SECRET + _CHECK and set(code) <= set(_ALPHABET)
    if not sound or check != _check(secret):
        raise UserInputError("recovery.mistyped")
    return secret.encode("ascii")

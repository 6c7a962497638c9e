"""What a password must be, and when wrong ones lock an officer out (GB/T 22239-2019 8.1.4.1)."""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Final, Self

from desktop.domain.errors import RuleError, UserInputError, WorldError
from desktop.runtime.files.resources import resource_path

_RULES: Final = "rules/sign_in.toml"


# Whether a password is easily guessed: common words in pinyin and English, rows of keys, dates, the station's name.
#
# ``zxcvbn`` estimates how many guesses it takes; what is added is what it does not know of China and of this station.

_LIST: Final = "passwords/chinese.txt"
_LOOKED_AT: Final = 256
"""Characters; a longer password is judged by its beginning, as the estimate takes ever longer."""
_HARD: Final = 4
"""The best of the five grades: more than ten thousand million guesses."""
_LONGEST_NAME: Final = 6
"""Syllables of a name that people type together."""


def is_easily_guessed(password: str, names: Iterable[str] = ()) -> bool:
    """Whether somebody who knows Chinese offices, and these names and numbers, would guess it soon.

    Raises ``WorldError("install.incomplete")`` without the list.
    """
    from zxcvbn import zxcvbn  # noqa: PLC0415 - a fifth of a second that no window waits for

    known = [word for name in names for word in spellings(name)]
    found = zxcvbn(password[:_LOOKED_AT], [*known, *_common()], max_length=_LOOKED_AT)
    return int(found["score"]) < _HARD


def spellings(name: str) -> Iterator[str]:
    """How a name is typed: as it is, its syllables in pinyin, those in a row, and their initials."""
    if not name.strip():
        return
    yield name
    if name.isascii():
        return
    from pypinyin import lazy_pinyin  # noqa: PLC0415 - as above

    syllables = [one for one in lazy_pinyin(name, errors="ignore") if one.isalpha()]
    for start in range(len(syllables)):
        for end in range(start + 1, min(start + _LONGEST_NAME, len(syllables)) + 1):
            row = syllables[start:end]
            yield "".join(row)
            if len(row) > 1:
                yield "".join(one[0] for one in row)


@lru_cache(maxsize=1)
def _common() -> tuple[str, ...]:
    try:
        lines = resource_path(_LIST).read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise WorldError("install.incomplete", file=_LIST) from error
    return tuple(line for line in lines if line and not line.startswith("# "))


@dataclass(frozen=True, slots=True)
class PasswordPolicy:
    """The station's rules. ``maximum_age_days`` 0: passwords do not age. ``history``: how many may
    not return.

    Every ``tries_before_lock`` failures in a row lock the officer out for ``lock_minutes``.
    """

    minimum_length: int
    minimum_classes: int
    maximum_age_days: int
    history: int
    tries_before_lock: int
    lock_minutes: int
    names: tuple[str, ...] = ()
    """What everybody at the station knows, the unit's name and the officer's: no password may be made of it."""

    @classmethod
    def from_rules(cls) -> Self:
        """The policy in ``resources/rules/sign_in.toml``; ``install.incomplete`` if it is unfit."""
        path = resource_path(_RULES)
        try:
            document = tomllib.loads(path.read_text("utf-8"))
            found = {name: int(rule["value"]) for name, rule in document.items()}
            return cls(**found, names=())
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise WorldError("install.incomplete", file=_RULES) from error

    def knowing(self, *names: str) -> PasswordPolicy:
        """The same, with more names that no password may be made of."""
        return replace(self, names=(*self.names, *names))

    def is_due(self, changed: datetime, now: datetime) -> bool:
        """Whether a password set at ``changed`` should be replaced by now."""
        return bool(self.maximum_age_days) and now - changed > timedelta(days=self.maximum_age_days)


def normal_password(text: str) -> bytes:
    """The bytes a password stands for.

    NFKC, so that a password typed through an input method in full-width mode is the same password.
    """
    return unicodedata.normalize("NFKC", text).encode("utf-8")


def _classes(text: str) -> int:
    kinds = {
        "upper" if char.isupper() else "lower" if char.islower() else
        "digit" if char.isdigit() else "other"
        for char in text
    }  # fmt: skip
    return len(kinds)


def weaknesses(password: str, number: str, policy: PasswordPolicy) -> tuple[UserInputError, ...]:
    """Everything that speaks against ``password`` for officer ``number``; empty when it will do.

    Characters of scripts without capitals count as the class "other", like symbols.
    """
    text = unicodedata.normalize("NFKC", password)
    found = []
    if len(text) < policy.minimum_length:
        found.append(UserInputError("password.too_short", minimum=policy.minimum_length))
    if _classes(text) < policy.minimum_classes:
        found.append(UserInputError("password.too_simple", classes=policy.minimum_classes))
    if number and number in text:
        found.append(UserInputError("password.has_number"))
    if not found and is_easily_guessed(text, (number, *policy.names)):
        found.append(UserInputError("password.common"))
    return tuple(found)


def require_strong(password: str, number: str, policy: PasswordPolicy) -> None:
    """Raise the first of :func:`weaknesses`."""
    for weakness in weaknesses(password, number, policy):
        raise weakness


@dataclass(frozen=True, slots=True)
class Failures:
    """Wrong passwords since the last right one, and until when none is looked at."""

    count: int = 0
    locked_until: datetime | None = None

    def one_more(self, now: datetime, policy: PasswordPolicy) -> Failures:
        """The state after another wrong password."""
        count = self.count + 1
        locks = count % policy.tries_before_lock == 0
        return Failures(count, now + timedelta(minutes=policy.lock_minutes) if locks else None)

    def tries_left(self, policy: PasswordPolicy) -> int:
        """How many tries remain before the lock."""
        return policy.tries_before_lock - self.count % policy.tries_before_lock

    def anchored(self, now: datetime, policy: PasswordPolicy) -> Failures:
        """The same, ending at most the policy's minutes from ``now``: a lock set while the clock was wrong must
        not keep an officer out for years once it is right again."""
        latest = now + timedelta(minutes=policy.lock_minutes)
        if self.locked_until is None or self.locked_until <= latest:
            return self
        return Failures(self.count, latest)

    def require_unlocked(self, now: datetime, policy: PasswordPolicy) -> None:
        """Raise ``RuleError("password.locked")`` with ``minutes`` left while the lock holds."""
        if self.locked_until is None or now >= self.locked_until:
            return
        left = min(self.locked_until - now, timedelta(minutes=policy.lock_minutes))
        raise RuleError("password.locked", minutes=-(-left // timedelta(minutes=1)))

"""The one tree of errors.

An error carries a *code* and parameters, never a sentence: the sentence is made where it is shown, in the
language of the person who reads it, from the catalogue texts ``errors.<code>.what`` (what happened),
``errors.<code>.safe`` (what is safe) and ``errors.<code>.do`` (what to do now). Parameters hold counts, sizes
and file names of our own making; never personal data.
"""

from __future__ import annotations


class AppError(Exception):
    """Anything the program foresaw. ``code`` is the catalogue key, ``params`` fill its placeholders."""

    def __init__(self, code: str, **params: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.params = params

    def __str__(self) -> str:
        return self.code


class UserInputError(AppError):
    """The person can mend it by typing or choosing something else."""


class RuleError(AppError):
    """A rule of procedure or of rights forbids the step; ``code`` names the rule."""


class WorldError(AppError):
    """The machine or the medium failed: disk full, stick pulled, file damaged, database busy."""


def is_server_lost(error: Exception) -> bool:
    """Whether a centre's server could not be reached, or would not write: what was to be done can be done again."""
    return isinstance(error, WorldError) and error.code.startswith("database.server_")


class TrustError(AppError):
    """A signature, a sender, a format version or a digest is not what it must be."""


class Cancelled(AppError):  # noqa: N818 - it is a wish of the person, not a failure
    """The person asked to stop; nothing of the cancelled work is taken for whole."""

    def __init__(self) -> None:
        super().__init__("cancelled")

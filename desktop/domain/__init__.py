"""Facts and rules of fraud intake: frozen dataclasses, enums, checks. Standard library only."""

"""How the facts of a record are declared, written into a journal entry and read from it."""

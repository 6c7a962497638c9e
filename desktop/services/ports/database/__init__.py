"""The encrypted database, as services read and write it."""

"""Statements of banks and wallets, as rows that may be payments of a case."""

"""Accounts, cards, wallets: where money goes."""

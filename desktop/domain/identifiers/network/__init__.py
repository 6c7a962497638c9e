"""Accounts, sites and addresses on networks."""

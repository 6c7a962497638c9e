"""Fanzha Desk (反诈接警台): intake, stop-payment, evidence and exchange for fraud reports."""

__version__ = "0.1.0"

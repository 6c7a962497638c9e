"""The page of the auditor: who did what."""

"""What helps while a report is typed: checks, hints, drafts, the report document."""

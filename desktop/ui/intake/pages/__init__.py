"""The pages of a report, one each."""

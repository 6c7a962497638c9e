"""Lists and tables of records."""

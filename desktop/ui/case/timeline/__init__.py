"""The timeline of a case: when what was paid, said and done."""

"""The database made anew, copied, and brought to a newer form."""

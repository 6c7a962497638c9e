"""Reading what a victim brings: pictures with codes, bills, pasted text."""

"""Reading what a victim brings: bills and statements, pictures and codes, pasted text, files to look at."""

"""Reading what an item of evidence says: statements, pictures, codes, tables nobody knows."""

"""What a period brought, in figures, a picture and a table."""

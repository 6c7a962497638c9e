"""Who is in charge of a case, and how that passes on."""

"""Who is who in a report: victims, whoever reports, and who stands behind accounts and numbers."""

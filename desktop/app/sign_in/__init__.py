"""What a sign-in checks, records and says."""

"""Questions, types of fraud, and what may make a case special."""

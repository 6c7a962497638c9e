"""Commands about other installations, officers and keys."""

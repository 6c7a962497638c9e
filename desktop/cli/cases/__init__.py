"""Commands about reports and cases."""

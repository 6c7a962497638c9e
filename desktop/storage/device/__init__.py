"""What a device keeps for itself: drafts, alarms raised, things worked out once."""

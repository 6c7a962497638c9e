"""What the city centre does: ingest, quarantine, dispatch, replies."""

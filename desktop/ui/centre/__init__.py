"""What the centre alone has: inbox, dispatch, batches, replies, scanning of urgent slips."""

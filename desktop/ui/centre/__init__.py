"""What the centre alone has: inbox, dispatch, packs, replies, scanning of urgent slips."""

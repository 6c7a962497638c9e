"""A desk and its centre for the tests of the services, and a station of two desks."""

from tests.support.seat_fixtures import centre, centre_seat, free_centre, seat, session
from tests.support.stations import station
from tests.support.waiting_helpers import waiting_helpers

__all__ = ["centre", "centre_seat", "free_centre", "seat", "session", "station", "waiting_helpers"]

"""A desk and its centre for the tests of the services, and a station of two desks."""

from tests.support.seat_fixtures import centre, centre_seat, desk, free_centre, seat
from tests.support.stations import station

__all__ = ["centre", "centre_seat", "desk", "free_centre", "seat", "station"]

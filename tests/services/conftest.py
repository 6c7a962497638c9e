"""A desk and its centre for the tests of the services."""

from tests.support.seat_fixtures import centre, centre_seat, desk, seat

__all__ = ["centre", "centre_seat", "desk", "seat"]

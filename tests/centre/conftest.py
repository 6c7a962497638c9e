"""A desk and its centre for the tests of the centre's verbs."""

from tests.centre.cities import city
from tests.support.seat_fixtures import centre, centre_seat, seat, session
from tests.support.waiting_helpers import waiting_helpers

__all__ = ["centre", "centre_seat", "city", "seat", "session", "waiting_helpers"]

"""The signed, sealed exchange format between stations and the centre."""

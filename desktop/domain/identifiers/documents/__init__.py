"""Numbers of persons, organisations, parcels and vehicles."""

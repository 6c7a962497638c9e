"""The journal in the database: its entries, their signatures, who may write which."""

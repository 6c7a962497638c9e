"""The encrypted database: engine, tables, repositories, projections, search."""

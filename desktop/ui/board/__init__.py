"""The board of cases: columns by state with live clocks, the table, filters."""

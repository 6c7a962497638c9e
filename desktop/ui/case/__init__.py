"""The page of a case: overview, money, leads, evidence, orders, papers, history, tasks."""

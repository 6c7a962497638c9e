"""The screen of the money flow: tiers, Sankey, tracing side by side."""

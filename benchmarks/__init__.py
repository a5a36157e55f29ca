"""Measurements of the house against its budgets: one file each, `python -m benchmarks NAME`."""

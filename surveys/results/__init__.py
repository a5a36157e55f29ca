"""Counts, statistics and charts."""

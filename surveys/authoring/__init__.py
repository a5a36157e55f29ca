"""Surveys written in the browser: drafts, their checks, the map of their paths, and what changed between versions."""

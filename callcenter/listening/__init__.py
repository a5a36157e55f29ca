"""Supervisors on a live call: they listen, whisper to the operator, or join in. Every time is a row."""

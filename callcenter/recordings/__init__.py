"""Recordings of talks: who agreed, the files, who played them, and when they were thrown away."""

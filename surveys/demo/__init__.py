"""The interviews that the demo's past is made of."""

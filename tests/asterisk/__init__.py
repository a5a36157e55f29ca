"""Tests against a real Asterisk with phones and a far end of its own, all on loopback."""

"""Offers and the ledger."""

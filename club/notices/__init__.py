"""Texts to members and how they leave the house."""

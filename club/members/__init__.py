"""Members, branches, tiers, purchases, do-not-call, import."""

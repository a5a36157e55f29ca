"""The members still to call: entries, the claim, quotas."""

"""What to call for: survey, sample, hours, attempts."""

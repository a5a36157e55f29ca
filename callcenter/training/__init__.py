"""Trained operators: what they learn before they call for a survey, and the certificate that lets them."""

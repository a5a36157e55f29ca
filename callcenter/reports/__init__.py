"""The manager's page: what members said beside how many were reached."""

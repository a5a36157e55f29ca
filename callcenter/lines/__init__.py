"""Several Asterisk servers: which line campaigns and operators are on."""

"""What every process shares: the settings and the answer payload."""

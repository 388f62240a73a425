"""From a stored message to a delivered answer: what every messaging channel needs, written once."""

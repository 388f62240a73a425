"""One module per channel through which people reach the assistant."""

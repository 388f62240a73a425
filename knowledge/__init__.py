"""Official texts as records, and the search over them. Knows nothing of chat."""

"""Dialogue sets with their right answers, and the runner that scores a running assistant on them."""

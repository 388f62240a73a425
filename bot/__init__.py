"""The gateway: the only process that faces people. It takes messages in and renders answers."""

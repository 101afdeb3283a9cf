"""Which feeds are due, when to try again, what is ill. All pure."""

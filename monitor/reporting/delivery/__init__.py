"""An edition on its way to its readers: the message, the relay, and what became of it."""

"""Who may come in: the key that signs sessions, the password's hash, the sessions that were ended, and by which way the
desk is reached."""

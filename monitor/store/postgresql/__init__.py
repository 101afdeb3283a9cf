"""An archive that is a schema on a PostgreSQL server: for many panels, and many machines.

archive.py    the open session: asked, and changed a transaction at a time
sessions.py   sessions: opened, and kept for the next where pages are served
schema.py     its tables, which are SQLite's; what an older archive lacks
likeness.py   what statements may use that SQLite brings and PostgreSQL does not: functions, and values by `?` and `:name`
search.py     the desk's search index, beside it
queue/        the jobs of many machines
trouble.py    what a server says, in a sentence with the remedy
"""

"""An archive that is a schema on a PostgreSQL server: for many panels, and many machines.

archive.py    the open connection: asked, and changed a transaction at a time
schema.py     its tables, which are SQLite's; what an older archive lacks
likeness.py   what statements may use that SQLite brings and PostgreSQL does not: functions, and values by `?` and `:name`
trouble.py    what a server says, in a sentence with the remedy
"""

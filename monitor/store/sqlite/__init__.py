"""An archive that is one file of SQLite's: needs nothing, and serves one machine.

file.py       the open file: many readers, one writer at a time
opening.py    a connection to it, however it may be used
schema.py     its tables, as a list of migrations; upgrading.py applies what an older archive lacks
lineage.py    whether the log beside it is its own
seals.py      a digest of every row that cannot be had again; salvage.py reads what is left of a damaged table
"""

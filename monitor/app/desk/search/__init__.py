"""The search page, and the index under it.

asked.py         what the address asks for, as it is understood
found.py         the stories that were found, as they are shown
searching.py     the page, of both
index_asked.py   the index, opened for a page; indexing.py keeps it current in a process of its own
"""

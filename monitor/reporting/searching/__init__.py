"""A search as a person types it, and what was found as a person reads it. Pure.

    typed | signs.cut | read.read: what is sought, by what it is narrowed, what is wrong in it | the store's index |
    hits.hit_of: the sentence, with what was found marked | rows.as_csv, feed.as_atom

said.py tells how a search was read. `store/search` knows nothing of what is typed, and nothing here knows of SQL.
"""

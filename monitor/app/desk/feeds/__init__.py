"""The list of feeds.

listed.py         how each stands, in words and by day
feed_edits.py     a change of the list; feed_changes.py keeps what was changed, to be taken back
feed_trial.py     an address tried; reading_now.py reads a feed at once
"""

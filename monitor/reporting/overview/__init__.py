"""What was read, what of it was in, and what became of it, over weeks. Pure.

period.py   which days are looked at, and with which they are compared
rows.py     counts by week become rows: sums, shares, changes, weeks in which nothing could be counted
kept.py     how much of what each draft offered the officer kept
"""

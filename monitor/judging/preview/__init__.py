"""Other rules tried on stored stories before they are saved. All pure; `pipeline/preview` fetches what it needs.

difference.py   what two sets of rules have otherwise, and which articles that can touch
turning.py      the stories that are in by one of them and not by the other, and what made the difference
twelve.py       what would have come into a report, and what would have left it
labels.py       how often the rules choose as a person did, before and after
"""

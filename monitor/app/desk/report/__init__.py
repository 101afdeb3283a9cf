"""The report under review.

review.py       what the next document will have, and what a person does to it; cards.py has a card a story
documents.py    the newest draft's documents, and a new one; handing_in.py takes an edited one in
story.py        one story, in full; stood.py in which drafts it stood
where.py        where a story is that one misses
"""

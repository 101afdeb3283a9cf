"""What the desk's pages show and do, a file a page; the pages themselves are in `monitor.desk`.

review.py       the report that is being drafted, and what a person does to it; cards.py: a card a story; documents.py:
                the document is made, and given
where.py        what became of a story that somebody misses
story.py        one story: its text with the hits, why, its outlets; stood.py: the editions that it stood in
rules/          topics.yaml by list; a change tried, saved, taken back
opened.py       the folders, and the configuration as it was read last

A page asks a function here for a frozen value, or hands it what a person wants done. It gets back what was done, or why
not: a conflict is a value. Nothing here knows of requests, forms or HTML.
"""

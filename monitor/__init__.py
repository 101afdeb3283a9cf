"""The Topical Issues monitor: local news feeds in, a police and crime panel's draft report out.

poll    store.feed_states | polling.due | fetch | parse | store.unseen | fetch | extract | store.save
draft   store.articles.of(window) | classify | group | edition.assemble | store.keep | word, page

`pipeline.py` tells the story in that order; `model` holds the values that flow.
"""

__version__ = "1.0.0"

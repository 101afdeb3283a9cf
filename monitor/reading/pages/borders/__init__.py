"""Where an article begins and ends on its page, and whether there is one: judged by what the page itself shows.

`sought.py`      what led to the page, and whether a heading is about it
`structured.py`  what the page says of itself for machines
`asides.py`      what stands beside an article: captions, notices of embedded things, questions about cookies
`several.py`     a page that goes on with other articles
`cards.py`       text that stands under headlines which lead elsewhere
`walls.py`       invitations to pay or to register
`instead.py`     what the page shows in place of an article
"""

"""The desk: pages on this machine for the officer and the editor. The only folder with Flask.

    a request | safety (host, token, who) | pages (a file a page) | app.desk (a value) | templates (text, never HTML of
    the web) | safety (headers)

application.py   the application: the pages, put together
serving.py       waitress, on an address of this machine
safety/          what a request may be and what an answer says of itself
pages/           the addresses, a file a page: each asks `monitor.app.desk` and fills a template
back.py          where an act leads back to
cards.py         how a story's card is said, and which cards a filter shows
say.py           how values are written on a page: moments, counts, addresses
templates/       base.html is around every page; parts.html has the forms' parts
static/          one style sheet; there is no script

Every page is whole without a script, under a prefix, and on paper. The address is the state: what is shown can be sent
to a colleague, and a change is a form that is sent, answered by a redirection, and can be taken back.
"""

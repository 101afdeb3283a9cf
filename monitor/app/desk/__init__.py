"""What the desk's pages show and do, a room a page; the pages themselves are in `monitor.desk`.

opened.py       the folders, and the configuration as it was read last
counted.py      what was counted for a page, kept until what it was counted from changes
report/         this edition, its stories and documents, and where a story is
search/         the search page, and the index that is kept beside the desk
rules/          the rules, a change tried and saved
feeds/          how each feed stands, and the changes of the list
overview.py     the numbers by week
entry/          the session's key, the password, who was logged out, the way through a proxy

A page asks a function here for a frozen value, or hands it what a person wants done. It gets back what was done, or why
not: a conflict is a value. Nothing here knows of requests, forms or HTML.
"""

"""What the desk's pages show and do, a file a page; the pages themselves are in `monitor.desk`.

opened.py       the folders, and the configuration as it was read last

A page asks a function here for a frozen value, or hands it what a person wants done. It gets back what was done, or why
not: a conflict is a value. Nothing here knows of requests, forms or HTML.
"""

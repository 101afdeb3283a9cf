"""From an address to a `FetchResult`: the only place with requests, urllib3 and protego.

fetcher.py   the one call: redirects, size cap, what each answer means
attempt.py   one call's time, and the watch that cuts whatever is under way when it is over
guard.py     sockets: public addresses only
turn.py      whose turn it is at a host, where others ask too
robots.py    what a site asks of robots
answers.py   statuses and waits in words                                                       pure

Whoever only asks what a failure means (`hosts.py`) need not wait a fifth of a second for requests: nothing is imported
here.
"""

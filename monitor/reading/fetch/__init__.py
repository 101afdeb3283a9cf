"""From an address to a `FetchResult`: the only place with requests, urllib3 and protego.

fetcher.py   the one call: redirects, size cap, what each answer means
attempt.py   one call's time, and the watch that cuts whatever is under way when it is over
guard.py     sockets: public addresses only
turn.py      whose turn it is at a host, where others ask too
robots.py    what a site asks of robots
answers.py   statuses and waits in words                                                       pure
"""

from monitor.reading.fetch.fetcher import Fetcher

__all__ = ["Fetcher"]

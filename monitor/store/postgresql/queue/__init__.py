"""What many machines share beside the archive: whose turn it is at a host, and the queue's own tables.

server.py    a connection to PostgreSQL, and in one line why there is none
turns.py     a row a host: whose visit it is, whose request is under way, until when it rests
stalled.py   jobs whose worker is gone or silent are put back into the queue, or given up
counts.py    what waits, runs and fails, for people

All of it stands in a schema of its own in the archive's database, called as the archive's with `_jobs` behind it. The tables whose names begin with
`procrastinate_` are procrastinate's, which `jobs/cluster.py` makes and works with; here they are only looked at, and
stalled jobs are put back through its own functions. The schema may be thrown away whole while no worker runs: what is
to be done stands in the archive, and is found there again.
"""

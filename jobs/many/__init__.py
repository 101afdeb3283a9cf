"""A worker of many: `python -m jobs --cluster`, on any number of machines, each any number of times.

    tick | a job a host, a panel, the housekeeping | worker: visit, or a command of the monitor | swept where it died

worker.py      the process: signals, threads, what is begun anew after an outage
ticking.py     what is due by the archive is put into the queue
visiting.py    what is due of one host is read
child.py       `monitor weekly` and `monitor housekeeping`, in processes of their own
sweeping.py    jobs of workers that died are found, in every worker by a thread
limits.py      how long each may take, and why

The queue itself is `jobs/cluster.py`. How it is run, and what it carries: docs/cluster.md.
"""

"""What runs when. A job is a command of the monitor, so whatever a timer does at seven can be typed at eight.

poll.py            `monitor poll`: the feeds that are due; once a day it keeps house too (`monitor housekeeping`)
weekly_report.py   `monitor weekly`: this week's draft, once
arguments.py       what may be said to a job; `--help` says what it does
timetable.py       both of them, on a resident scheduler; `python -m jobs` starts it
turns.py           its jobs, one after the other, where signals are heard
crontab            the same for cron
cluster.py         the queue of many machines; many/ is a worker of it, `python -m jobs --cluster`

The folders come from MONITOR_CONFIG and MONITOR_DATA, as for the commands.
"""

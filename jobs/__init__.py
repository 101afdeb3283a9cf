"""What runs when. A job is a command of the monitor, so whatever a timer does at seven can be typed at eight.

poll.py            `monitor poll`: the feeds that are due; once a day it keeps house too (`monitor housekeeping`)
weekly_report.py   `monitor weekly`: this week's draft, once
arguments.py       there are none; `--help` says what a job does
timetable.py       both of them, on a resident scheduler; `python -m jobs` starts it
turns.py           its jobs, one after the other, where signals are heard
crontab            the same for cron

The folders come from MONITOR_CONFIG and MONITOR_DATA, as for the commands.
"""

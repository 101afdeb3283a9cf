"""What each command does: builds the real things and hands them to the pipeline.

workspace.py        the configuration, the archive, the lock, the record of a run
setting_up.py   init, check
runs.py         poll, draft, weekly: the commands that write
answers.py      try, explain, evaluate: the commands that answer a question
learning.py     learn
state.py        status, feeds list
sample.py       demo
telling.py      how the operator is told of a run; channels.py, metrics.py, operator_mail.py, beside.py, secrets.py
"""

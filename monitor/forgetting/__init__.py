"""What is forgotten: by itself when its time is over, or because somebody asked. `store/forgetting.py` deletes.

retention.py   what the retention in panel.yaml lets go, and what must stay whatever it says
names.py       whether a text names somebody
erased.py      values without what is to be erased from them
inside.py      the text inside the files that we write
"""

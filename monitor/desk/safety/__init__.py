"""What a request may be, who may make one, and what an answer says of itself. In the order in which a request meets them:

standing.py  where the desk stands: its names, its public address, whom it believes; decided when it starts
front.py     the host (hosts.py), and what a proxy says of who asks; before any address is looked up
bodies.py    a form, and of what size
origins.py   sent from a page of ours
gate.py      by somebody who is in: sessions.py, password.py, attempts.py (guessing), returning.py (back to where)
forms.py     with a token
headers.py   what a browser may do with a page
trouble.py   what is said when something is wrong; a form's words come back with it
who.py       who is acting, for the history
"""

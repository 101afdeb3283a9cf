"""What a request may be, and what an answer says of itself.

hosts.py     the names by which the desk may be asked for, and what its cookie is called
forms.py     a token in every form that changes something
headers.py   what a browser may do with a page
trouble.py   what is said when something is wrong; a form's words come back with it
"""

"""The Rules page: what topics.yaml says, a change tried before it is saved, what was saved, and its way back.

lists.py      the lists and figures of topics.yaml as they are shown and edited
drafts.py     changes that are not saved yet, a folder each in the data folder
previews.py   a draft tried on what is stored, beside the pages
saving.py     a draft becomes topics.yaml; what was there before stays
labels.py     stories that a person ticked right or wrong, as a labelled set
testing.py    which rule acts on a text
"""

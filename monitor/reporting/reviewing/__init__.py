"""The report while it is reviewed at the desk. All pure.

overlay.py      the newest draft and what was decided since -> what the next document has
parts.py        stories that were joined, parted or brought in -> items, by the same rules as a draft's
deciding.py     an act -> the decisions that it is kept as; deeds.py, editing.py and ordering.py are its parts
standing.py     where a story stands, and what comes after it
versions.py     what was decided of a story, as a digest: by it a form made from an older state is seen
warnings.py     cautions and doubts, and which of them were looked at
telling.py      decisions in words: for the history, for what was done to a story, for a conflict
"""

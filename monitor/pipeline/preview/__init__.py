"""Other rules on what is stored, before they are saved: what a draft and a backtest would say, at a part of the cost.

tried.py       the two sets of rules, and the articles that their difference can touch
stories.py     store.articles.of(weeks) | classify in brief | group: the ground, kept by ids alone; which of it turns
twelve.py      the newest draft's window | classify what is touched | group, where that can differ | `draft.chosen`, twice
beforehand.py  both made ready while nobody waits, as text that the search index keeps

Nothing is written here. Each takes what an earlier call worked out (`Ground`, `Window12`), so that who tries one phrase
after the other waits for the first only, and not for that where it was made ready.
"""

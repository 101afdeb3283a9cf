"""The order of the steps, a file a flow. They take the store, the fetch and the time; they know neither arguments nor
where things are.

poll    store.feeds.states | polling.due | fetch | entries_of | store.articles.unseen | fetch | extract | store.feeds.save_poll
draft   choose.judged_stories | edition.assemble(past) | changes | cautioned | notes | documents |
        store.editions.keep, with its message where it is to be mailed | their names (`documents`: also afterwards)
learn   which edition | understand | store.decisions.keep | missed | suggestions
do      (`reviewing`, an act at the desk) past | overlay | decide | is it as it was seen | store.decisions.add
preview the stories of some weeks | what a change touches, by both rules | the newest draft's window, by both

`harvest` is what one feed's answer comes to in a poll. `choose` and `pages` are what they share: a window's articles
become judged stories; pages on their way in and out of the archive.
"""

from monitor.pipeline.draft import Drafted, draft
from monitor.pipeline.learn import Lesson, learn
from monitor.pipeline.pages import Progress
from monitor.pipeline.poll import poll

__all__ = ["Drafted", "Lesson", "Progress", "draft", "learn", "poll"]

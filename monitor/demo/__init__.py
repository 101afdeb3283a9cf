"""A sample week: six invented outlets, two troubled feeds, and their stories, served from this machine.

It lets a stranger see the whole pipeline at work without reading anybody's real feed, and it lets tests compare what
the pipeline chose with what each story's own label says. Places and public bodies are real; outlets, people, cases
and figures are invented. The stories are of a week in late autumn, whatever the day on which they are served.
"""

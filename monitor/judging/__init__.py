"""From articles to stories with verdicts. Everything here is pure."""

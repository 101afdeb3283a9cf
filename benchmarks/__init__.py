"""What `make bench` runs: speed as ratios against a peer or a bare library in the same run, and memory.

Never a test: a machine that is busy must not fail a build. What was printed is written down in docs/figures.md.
"""

import sys

import feedparser_sgmllib

# `reader` imports sgmllib by its old name and does not bring it; feedparser's own copy is the same module.
sys.modules.setdefault("sgmllib", feedparser_sgmllib)

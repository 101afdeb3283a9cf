"""Bytes to an article: what a page tells, without what stands on every page."""

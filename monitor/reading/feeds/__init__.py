"""Bytes to entries: what a feed, a sitemap or a page of links lists."""

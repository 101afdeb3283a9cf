"""From an address to an article: which feeds are due, fetching, parsing, extracting."""

"""An edition as documents: Word, HTML, Markdown, PDF, Atom, JSON."""

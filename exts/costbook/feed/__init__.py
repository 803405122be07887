"""The price feed and everything done with it: for authors, on their own machine. No build imports this package.

``genai`` is the only importer of the feed's package. The book itself is read by ``costbook.load``.
"""

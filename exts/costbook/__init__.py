"""costbook: a textbook whose every amount is the answer to a question put to one dated price book."""

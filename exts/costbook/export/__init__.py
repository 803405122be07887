"""What leaves the book: pure functions from answers and finished pages to bytes."""

"""What learners are to understand and how it is judged: objectives, lessons, reviews. Pure."""

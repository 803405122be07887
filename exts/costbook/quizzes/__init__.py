"""Quizzes resolved: parameters drawn, keys asked, distractors asked in wrong worlds, every variant verified."""

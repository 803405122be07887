"""How text is written: candidates for the next token, their chances, and what temperature does to them; pure."""

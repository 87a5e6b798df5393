"""Lists of people that an employer brings: what each column means, and what importing it would do."""

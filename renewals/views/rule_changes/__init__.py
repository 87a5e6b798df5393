"""Pages about changes of rules: their impact, their publication, and what they mean for the reader."""

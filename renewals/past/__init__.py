"""What a standing said on an earlier day, under which rules: counted again from what was known then.

Rows say what is known now; the audit trail says what changed since. `rewinding` takes those changes back, in memory,
and `standing` counts what is left by the version that counted the period then.
"""

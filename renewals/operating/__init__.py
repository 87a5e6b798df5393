"""How the site runs: scheduled jobs, mails that wait or failed, what was done by whom."""

"""What sign-in says when something is refused, in the words of the rest of the product."""

ACCOUNT = {
    "account_inactive": "This account is closed",
    "cannot_remove_primary_email": "This is the address you sign in with, so it stays",
    "duplicate_email": "This is already your address",
    "email_password_mismatch": "The email address or the password is not right",
    "email_taken": "Enter another email address",
    "enter_current_password": "The current password is not right",
    "incorrect_code": "This code is not right. Codes change every 30 seconds",
    "incorrect_password": "The password is not right",
    "invalid_or_expired_key": "This link no longer works. Ask for a new one",
    "invalid_login": "The email address or the password is not right",
    "invalid_password_reset": "This link no longer works. Ask for a new one",
    "max_email_addresses": "You can have up to %d email addresses",
    "too_many_login_attempts": "Too many tries. Wait 5 minutes, then try again",
    "rate_limited": "Too many tries. Wait a minute, then try again",
    "same_as_current": "This is the same as before. Enter a new one",
    "unknown_email": "There is no account with this email address",
    "unverified_primary_email": "Confirm this address first",
}

TWO_STEP = {
    "add_email_blocked": "Turn off two-step sign-in before you add an email address",
    "cannot_delete_authenticator": "Two-step sign-in has to stay on for this account",
    "cannot_generate_recovery_codes": "Turn on two-step sign-in first",
    "incorrect_code": ACCOUNT["incorrect_code"],
    "unverified_email": "Confirm your new email address, or keep the one you have, before you turn on two-step sign-in",
}

"""The one list of views a stranger may open. Everything else asks for sign-in."""

PUBLIC_VIEWS = frozenset(
    {
        "landing",
        "help",
        "accounts:theme",
        "healthz",
        "readyz",
        # Answers 404 outside the demo.
        "demo_mail",
        "demo_mail_html",
        # Says who invites; answers nothing.
        "sharing:link",
        # What a person chose to show to whoever has the address.
        "sharing:page",
        "sharing:badge",
        # The link itself is signed; opening it does nothing.
        "reminders:unsubscribe",
        # Getting in.
        "account_signup",
        "account_login",
        "account_logout",
        "account_inactive",
        "account_email_verification_sent",
        "account_confirm_email",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key",
        "account_reset_password_from_key_done",
        "mfa_authenticate",
        "mfa_login_webauthn",
    }
)

"""Settings. One file; every value that differs between places comes from the environment."""

from pathlib import Path

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from cpdtracker import environment
from cpdtracker.environment import env
from cpdtracker.logs import logging_config
from cpdtracker.timetable import OF_WEBHOOKS, TIMETABLE

BASE_DIR = Path(__file__).resolve().parent.parent

# Where we are ----------------------------------------------------------------

environment.read_file()
SECRET_KEY = environment.secret_key()
SITE_URL, SITE_HOST, SITE_IS_LOCAL = environment.site(
    "SITE_URL", "Give the address people type, like https://cpd.example.org."
)
DEBUG = environment.switch("DEBUG")
# DEMO shows every mail on a page and hands out sign-ins: never where strangers can come.
DEMO = environment.switch("DEMO")
if (DEBUG or DEMO) and not SITE_IS_LOCAL:
    raise ImproperlyConfigured("DEBUG and DEMO work only where SITE_URL is this machine. Turn them off.")

ALLOWED_HOSTS = [SITE_HOST, *env.list("ALLOWED_HOSTS", default=[])]
SITE_IS_HTTPS = SITE_URL.startswith("https:")
CSRF_TRUSTED_ORIGINS = [SITE_URL]

# Applications ----------------------------------------------------------------

INSTALLED_APPS = [
    "accounts",
    "certifications",
    "activities",
    "renewals",
    "cpdtracker.apps.ProjectConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_htmx",
    "heroicons",
    "template_partials",
    "django_structlog",
    "csp",
]

MIDDLEWARE = [
    # First what puts headers on every answer, also on those that later ones give by themselves.
    "django.middleware.security.SecurityMiddleware",
    "cpdtracker.logs.RequestLogMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "cpdtracker.middleware.LimitsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "cpdtracker.middleware.SignInRequiredMiddleware",
    "cpdtracker.middleware.OwnTimeMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "cpdtracker.urls"
WSGI_APPLICATION = "cpdtracker.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            "builtins": ["django.templatetags.static", "template_partials.templatetags.partials"],
        },
    },
]
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

# Data ------------------------------------------------------------------------

DATABASE_URL = environment.url(
    "DATABASE_URL",
    ("postgres", "postgresql"),
    "Give a PostgreSQL address, like postgres://user:password@host:5432/cpdtracker.",
)
DATABASES = {
    "default": {
        **env.db_url_config(DATABASE_URL),
        "CONN_MAX_AGE": environment.number("CONN_MAX_AGE", default=60),
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"connect_timeout": 5},
    }
}
if not DATABASES["default"]["NAME"]:
    raise ImproperlyConfigured("DATABASE_URL names no database. See .env.example.")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = environment.url(
    "REDIS_URL", ("redis", "rediss"), "Give a Valkey or Redis address, like redis://host:6379/0."
)
# The limits on sign-in tries count here, in the database: Valkey carries only hints, and people come in without it.
CACHES = {
    "default": {
        "BACKEND": "accounts.tries.CountedTries",
        "LOCATION": "accounts_triescache",
        "OPTIONS": {"MAX_ENTRIES": 0},
    }
}

MEDIA_ROOT = Path(env.str("EVIDENCE_DIR", default=str(BASE_DIR / "var" / "evidence")))
EVIDENCE_MAX_BYTES = 15 * 1024 * 1024
# Two files and a form. More is refused before it is read.
REQUEST_MAX_BYTES = 2 * EVIDENCE_MAX_BYTES + 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000
DATA_UPLOAD_MAX_NUMBER_FILES = 20
FILE_UPLOAD_PERMISSIONS = 0o600

# Static files ----------------------------------------------------------------

STATIC_URL = "static/"
# On this machine files are served straight from where they lie, so nothing has to be collected first.
STATIC_ROOT = None if SITE_IS_LOCAL else Path(env.str("STATIC_ROOT", default=str(BASE_DIR / "var" / "static")))
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "cpdtracker.finders.BootstrapFinder",
]
WHITENOISE_USE_FINDERS = SITE_IS_LOCAL
WHITENOISE_AUTOREFRESH = DEBUG
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if SITE_IS_LOCAL
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# Dates and words -------------------------------------------------------------

# A demo or a test may stop the clock; accounts.clock reads it.
CLOCK_AT = environment.moment("CLOCK_AT")
if CLOCK_AT and not SITE_IS_LOCAL:
    raise ImproperlyConfigured("CLOCK_AT works only where SITE_URL is this machine. Take it away.")
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en"
# One language, one way to write a date: 31 Mar 2027.
USE_I18N = False
FORMAT_MODULE_PATH = "cpdtracker.formats"

# Sign-in ---------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
# The unique column is `email_key`: two spellings of one address are one person.
SILENCED_SYSTEM_CHECKS = ["auth.W004"]
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "accounts.passwords.LengthValidator"},
    {"NAME": "accounts.passwords.CommonValidator"},
    {"NAME": "accounts.passwords.NumericValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "renewals:start"
LOGOUT_REDIRECT_URL = "/"
PASSWORD_RESET_TIMEOUT = 60 * 60

ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "signup": "accounts.forms.SignupForm",
    "login": "accounts.sign_in_forms.LoginForm",
    "add_email": "accounts.sign_in_forms.AddEmailForm",
    "reset_password": "accounts.sign_in_forms.ResetPasswordForm",
    "reset_password_from_key": "accounts.sign_in_forms.ResetPasswordKeyForm",
    "change_password": "accounts.sign_in_forms.ChangePasswordForm",
    "set_password": "accounts.sign_in_forms.SetPasswordForm",
    "reauthenticate": "accounts.sign_in_forms.ReauthenticateForm",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_NOTIFICATIONS = ACCOUNT_CHANGE_EMAIL = True
# Nobody's mailbox is filled from here. A link works for as long as its limit lasts (confirming an address: 3 days), so
# that a stranger who uses the limit up shuts nobody out. The other limits are the library's own.
ACCOUNT_RATE_LIMITS = {"confirm_email": "1/3m/key,5/d/key", "reset_password": "20/m/ip,5/h/key"}
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if SITE_IS_HTTPS else "http"

MFA_ADAPTER = "accounts.adapter.TwoStepAdapter"
MFA_FORMS = {
    "authenticate": "accounts.sign_in_forms.AuthenticateForm",
    "reauthenticate": "accounts.sign_in_forms.ReauthenticateCodeForm",
    "activate_totp": "accounts.sign_in_forms.ActivateTOTPForm",
    **{f"{does}_webauthn": f"accounts.sign_in_forms.{does.capitalize()}WebAuthnForm"
       for does in ("login", "authenticate", "reauthenticate", "add", "edit")},
}  # fmt: skip
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "CPD Points"
# Browsers allow passkeys over http on localhost only; so do we.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = SITE_IS_LOCAL

# How many proxies of ours stand in front. Without it a forged X-Forwarded-For is ignored.
ALLAUTH_TRUSTED_PROXY_COUNT = environment.number("TRUSTED_PROXY_COUNT", default=0)
if ALLAUTH_TRUSTED_PROXY_COUNT:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# Headers and cookies ---------------------------------------------------------

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SITE_IS_HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "cpdtracker.system_pages.csrf_failure"
SECURE_SSL_REDIRECT = SITE_IS_HTTPS
# Health checks come from inside, over plain http.
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if SITE_IS_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SITE_IS_HTTPS
SECURE_REFERRER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
        # Bootstrap's style sheet carries its small marks as data: images.
        "img-src": [SELF, "data:"],
    }
}

# Mail ------------------------------------------------------------------------

EMAIL_URL = environment.url(
    "EMAIL_URL",
    ("smtp", "smtp+tls", "smtp+ssl"),
    "Give a mail server, like smtp+tls://user:password@host:587.",
)
_mail = env.email_url_config(EMAIL_URL)
EMAIL_BACKEND = "cpdtracker.demo.outbox.OutboxBackend" if DEMO else "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST, EMAIL_PORT = _mail["EMAIL_HOST"], _mail["EMAIL_PORT"]
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail["EMAIL_HOST_USER"] or "", _mail["EMAIL_HOST_PASSWORD"] or ""
EMAIL_USE_TLS, EMAIL_USE_SSL = _mail.get("EMAIL_USE_TLS", False), _mail.get("EMAIL_USE_SSL", False)
EMAIL_TIMEOUT = 10
WEBHOOKS = environment.switch("WEBHOOKS", default=DEMO)
# What asks the mail server's log whether it took a mail, by its Message-ID (see renewals.reminding.asking).
MAIL_LOG_URL: str = environment.template("MAIL_LOG_URL", "{id}")
# How long a sender may take for one reminder before another one takes over: longer than any mail server's answer,
# shorter than the wait for a task that a worker did not finish.
REMINDER_LEASE_SECONDS = environment.number("REMINDER_LEASE_SECONDS", default=120, least=1)
# Points at which this process ends or stops by itself (see renewals.reminding.faults): for tests on this machine.
FAULTS: str = environment.faults("FAULTS", allowed=SITE_IS_LOCAL)
DEMO_MAIL_DIR = Path(env.str("DEMO_MAIL_DIR", default=str(BASE_DIR / ".demo" / "mail")))
DEFAULT_FROM_EMAIL = environment.required(
    "DEFAULT_FROM_EMAIL", "Give a sender that accepts replies, like CPD Points <points@example.org>."
)
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# Tasks (how they are run stands in cpdtracker.celery) --------------------------

CELERY_BROKER_URL = REDIS_URL
CELERY_BEAT_SCHEDULE = TIMETABLE | (OF_WEBHOOKS if WEBHOOKS else {})

# Logs ------------------------------------------------------------------------

LOGGING = logging_config(level=env.str("LOG_LEVEL", default="INFO"), readable=DEBUG)
DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False
DJANGO_STRUCTLOG_CELERY_ENABLED = True
DJANGO_STRUCTLOG_STATUS_START_LOG_LEVEL = 10
DJANGO_STRUCTLOG_STATUS_4XX_LOG_LEVEL = 20

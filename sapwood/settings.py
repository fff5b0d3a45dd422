"""The one settings file: environment variables, laptop defaults (docs/reference/settings.md)."""

import os
from urllib.parse import urlsplit

import dj_database_url
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from sapwood.core import environment as env

PRODUCTION = os.environ.get("SAPWOOD_ENV", "laptop") == "production"
DEBUG = env.flag("SAPWOOD_DEBUG")
TESTING = env.flag("SAPWOOD_TESTING") or "PYTEST_VERSION" in os.environ
DATA_DIR = env.data_dir(TESTING)
SECRET_KEY = env.secret_key(DATA_DIR)
ORIGINS = env.words("SAPWOOD_ORIGINS")
PROXIES = int(os.environ.get("SAPWOOD_PROXIES", "0"))
if PRODUCTION:
    env.refuse_unsafe_production(debug=DEBUG, key=SECRET_KEY, origins=ORIGINS)

ALLOWED_HOSTS = [urlsplit(origin).hostname or "" for origin in ORIGINS] or [
    "localhost", "127.0.0.1", "[::1]", *(["testserver"] if TESTING else []),
]  # fmt: skip
CSRF_TRUSTED_ORIGINS = ORIGINS
BASE_URL = ORIGINS[0] if ORIGINS else os.environ.get("SAPWOOD_BASE_URL", "http://localhost:8000")

INSTALLED_APPS = [
    "sapwood.core",
    "sapwood.people",
    "sapwood.writing",
    "sapwood.ledger",
    "sapwood.media",
    "sapwood.conversations",
    "sapwood.live",
    "sapwood.notify",
    "sapwood.spaces",
    "sapwood.activities",
    "sapwood.journal",
    *(
        f"sapwood.kinds.{found.parent.name}"
        for found in sorted(env.PACKAGE.glob("kinds/*/kind.py"))
    ),
    "sapwood.home",
    "sapwood.demo",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "axes",
    "csp",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
]
MIDDLEWARE = [
    "sapwood.core.middleware.ThroughProxies",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "sapwood.core.middleware.RequestLog",
    "sapwood.core.sessions.Sessions",
    "django.middleware.csrf.CsrfViewMiddleware",
    "sapwood.core.middleware.WithoutNulls",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "sapwood.core.middleware.PersonLocale",
    "sapwood.people.doors.first_run.FirstRun",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "sapwood.urls"
WSGI_APPLICATION = "sapwood.asgi.wsgi_application"
TEMPLATES = [
    {
        "BACKEND": "sapwood.core.jinja.SapwoodJinja",
        "NAME": "jinja2",
        "OPTIONS": {
            "environment": "sapwood.core.jinja.environment",
            "context_processors": ["sapwood.core.pages.shell_context"],
        },
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    },
]
SHELL = "sapwood.home.shell.shell"

# Data -------------------------------------------------------------------------------------------
DATABASE_URL = os.environ.get("DATABASE_URL", f"sqlite:///{DATA_DIR / 'sapwood.sqlite3'}")
DATABASES = {"default": dj_database_url.parse(DATABASE_URL, conn_max_age=600)}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # FULL: what we acknowledge survives a power cut. IMMEDIATE: writers queue instead of failing.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
        "PRAGMA cache_size=-2000; PRAGMA temp_store=MEMORY;"
        "PRAGMA secure_delete=ON",  # what somebody deletes is not left in free space
    }
else:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
REDIS_URL = env.redis_url()
CACHES = {
    "default": {
        "BACKEND": "sapwood.core.gentle_cache.GentleRedisCache",
        "LOCATION": REDIS_URL,
        "OPTIONS": {"socket_timeout": 0.3, "socket_connect_timeout": 0.3},
        "KEY_PREFIX": env.cache_prefix(SECRET_KEY, str(DATABASES["default"]["NAME"])),
    }
    if REDIS_URL
    else {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 5000},
    }
}
TASKS = {
    "default": {
        "BACKEND": "django_tasks_db.DatabaseBackend",
        "OPTIONS": {"id_function": "sapwood.core.ids.uuid7"},
    }
}
MEDIA_ROOT = DATA_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
STATIC_URL = "/static/"
STATIC_ROOT = env.PACKAGE / "static"
WHITENOISE_IMMUTABLE_FILE_TEST = r"-[0-9a-f]{10}\.\w+$"  # hashed by build.mjs: kept for ever
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o640

# Languages and time -----------------------------------------------------------------------------
LANGUAGE_CODE = os.environ.get("SAPWOOD_LANGUAGE", "en")
LANGUAGES = [("en", _("English")), ("pt", _("Portuguese"))]
USE_TZ = True
TIME_ZONE = os.environ.get("SAPWOOD_TIME_ZONE", "Europe/Lisbon")

# Sign-in ----------------------------------------------------------------------------------------
AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "sapwood.people.backend.PersonBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "today"
ACCOUNT_ADAPTER = "sapwood.people.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
PASSWORD_RESET_TIMEOUT = 3600
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if PRODUCTION else "http"
# Counted in the cache: for each process alone unless REDIS_URL is set. Axes counts in the database.
ACCOUNT_RATE_LIMITS = False if TESTING else {"login": "60/m/ip", "login_failed": "20/m/ip"}
_FORMS = "sapwood.people.doors.forms"
ACCOUNT_FORMS = {
    "login": f"{_FORMS}.Login",
    "request_login_code": f"{_FORMS}.RequestLoginCode",
    "confirm_login_code": f"{_FORMS}.ConfirmLoginCode",
    "confirm_email_verification_code": f"{_FORMS}.ConfirmEmailCode",
    "add_email": f"{_FORMS}.ChangeEmail",
    "reset_password": f"{_FORMS}.ResetPassword",
    "reset_password_from_key": f"{_FORMS}.ResetPasswordKey",
    "change_password": f"{_FORMS}.ChangePassword",
    "set_password": f"{_FORMS}.SetPassword",
    "reauthenticate": f"{_FORMS}.Reauthenticate",
}
MFA_FORMS = {
    "authenticate": f"{_FORMS}.AuthenticateCode",
    "reauthenticate": f"{_FORMS}.ReauthenticateCode",
    "activate_totp": f"{_FORMS}.ActivateApp",
    "add_webauthn": f"{_FORMS}.AddPasskey",
    "edit_webauthn": f"{_FORMS}.EditPasskey",
}
MFA_ADAPTER = "sapwood.people.doors.second_step.SecondStepAdapter"
MFA_TOTP_TOLERANCE = 1
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION
MFA_TOTP_ISSUER = "Sapwood"
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_CALLABLE = "sapwood.people.adapter.login_name"
AXES_RESET_ON_SUCCESS = True
AXES_ENABLE_ACCESS_FAILURE_LOG = False
AXES_DISABLE_ACCESS_LOG = True
AXES_VERBOSE = False
AXES_LOCKOUT_CALLABLE = "sapwood.people.adapter.locked_out"

# Sessions, cookies and the browser's rules --------------------------------------------------------
SESSION_ENGINE = "sapwood.core.sessions"
SESSION_COOKIE_NAME = "__Host-sapwood" if PRODUCTION else "sapwood"
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "__Host-csrf" if PRODUCTION else "csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "sapwood.core.errors.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SECURE_HSTS_SECONDS = 31_536_000 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = PRODUCTION
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PRODUCTION else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "media-src": [SELF, "blob:"],
        "connect-src": [SELF],
        "font-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}

# Letters and logs -------------------------------------------------------------------------------
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
if smtp := os.environ.get("SMTP_URL"):  # smtp://user:password@host:587 (STARTTLS), smtps://…:465
    _smtp = urlsplit(smtp)
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    # or smtp+plain://127.0.0.1:25, for a mail server on the same machine.
    EMAIL_HOST, EMAIL_PORT = _smtp.hostname or "localhost", _smtp.port or 587
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _smtp.username or "", _smtp.password or ""
    EMAIL_USE_SSL, EMAIL_USE_TLS = _smtp.scheme == "smtps", _smtp.scheme == "smtp"
    EMAIL_TIMEOUT = 10
elif folder := os.environ.get("SAPWOOD_MAIL_DIR"):  # letters as files, to look at or to test with
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = folder
DEFAULT_FROM_EMAIL = os.environ.get("SAPWOOD_FROM", "Sapwood <sapwood@localhost>")
# reply@learn.example.org, and how its letters come in: a place to listen, or a mailbox.
REPLY_ADDRESS = os.environ.get("SAPWOOD_REPLY_ADDRESS", "")
INBOUND = os.environ.get("SAPWOOD_INBOUND", "")  # lmtp://127.0.0.1:8024
IMAP_URL = os.environ.get("SAPWOOD_IMAP_URL", "")  # imaps://user:password@host/INBOX
PUSH_KEY = os.environ.get("SAPWOOD_PUSH_KEY", "")  # else made once and kept beside the data
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "sapwood.core.logs.JsonFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["console"], "level": os.environ.get("SAPWOOD_LOG", "WARNING")},
    "loggers": {"sapwood": {"level": os.environ.get("SAPWOOD_LOG", "INFO")}},
}

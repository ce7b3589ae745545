"""All settings, driven by the environment. docs/operations.md lists every variable.

Each secret can also be given as NAME_FILE, the path of a file that holds it.
"""

from pathlib import Path

import environ
from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from config.parsing.environment import Environment
from config.parsing.mail_server import parse_mail_server
from config.parsing.sender import parse_sender
from config.parsing.servers import broker_options, parse_broker, parse_database
from config.parsing.site import parse_hosts, parse_site
from config.parsing.texts import parse_line, parse_log_level, parse_time_zone

BASE_DIR = Path(__file__).resolve().parent.parent
env = Environment()

# What this process is
DEBUG = env.switch("DEBUG", default=False)
EMBEDDED = env.switch("EMBEDDED", default=DEBUG)
ROLE = env.str("FAULTLINE_ROLE", default="")
VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var")))
BIND = env.str("BIND", default="127.0.0.1:8000")
_site = parse_site(env.str("SITE_URL", default="http://127.0.0.1:8000"))
SITE_URL = _site.url
ALLOWED_HOSTS = parse_hosts(env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "::1"]), _site.host)
ORGANISATION = parse_line("ORGANISATION", env.str("ORGANISATION", default="Your organisation"))

# Secrets: none has a default outside DEBUG
SECRET_KEY = env.str("SECRET_KEY", default="debug-only" if DEBUG else environ.Env.NOTSET)
LINK_KEY = env.str("LINK_KEY", default="debug-only" if DEBUG else environ.Env.NOTSET).encode()

# Ballot keys: the counting worker alone may hold them
BALLOT_KEY_DIR = env.str("BALLOT_KEY_DIR", default="")
KEY_APART = not EMBEDDED
if BALLOT_KEY_DIR and ROLE != "counting":
    raise ImproperlyConfigured(
        "BALLOT_KEY_DIR is set, but FAULTLINE_ROLE is not 'counting'. Only the counting worker may hold the "
        "keys of the ballots: unset BALLOT_KEY_DIR for this process."
    )

# Disclosure control; the limits that no deployment may change are in surveys/rules/limits.py
POOL_BELOW = 8
SHUFFLE_HOUR = env.number("SHUFFLE_HOUR", 3, least=0, most=23)

# The level alert: where an index or core sign is above it, and that is sure enough (docs/method.md)
ALERT_LEVEL = env.number("ALERT_LEVEL", 50, least=20, most=80)

# Retention, in days after a wave has closed
RETAIN_INVITATIONS_DAYS = env.number("RETAIN_INVITATIONS_DAYS", 30, least=0, most=3650)
RETAIN_RESPONSES_DAYS = env.number("RETAIN_RESPONSES_DAYS", 1095, least=0, most=3650)

# The most mails that the mail server is sent in a minute; 0 is as many as it takes
MAIL_PER_MINUTE = env.number("MAIL_PER_MINUTE", 0, least=0, most=100000)
# How many tasks send mails at once, while the server takes all that it gets
MAIL_SENDERS = env.number("MAIL_SENDERS", 1, least=1, most=16)

INSTALLED_APPS = [
    "diagnostics",
    "surveys",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
]
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "config.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "config.middleware.OddValuesMiddleware",
    "config.middleware.BusyMiddleware",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
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
            "libraries": {"wording": "diagnostics.wording.filters"},
        },
    }
]

# Database. Of two transactions that read and then write, IMMEDIATE lets one begin when the other has ended.
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA secure_delete=ON;",
}
_database = parse_database(env.str("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'faultline.sqlite3'}"))
DATABASES = {"default": _database}
if _database["ENGINE"].endswith("sqlite3"):
    _database["OPTIONS"] = SQLITE_OPTIONS
else:
    # Client-side binding writes the values of a failed INSERT, answers among them, into the server's log.
    _database.setdefault("OPTIONS", {})["server_side_binding"] = True
    _database |= {"ENGINE": "config.postgresql", "CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Staff sign-in
AUTH_USER_MODEL = "surveys.StaffUser"
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "report"
LOGOUT_REDIRECT_URL = "login"
PASSWORD_HASHERS = [
    "config.password_hasher.TurnTakingHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]

# Transport security: on wherever the site is served by HTTPS
_https = SITE_URL.startswith("https://")
SECURE_SSL_REDIRECT = _https and env.switch("SECURE_SSL_REDIRECT", default=True)
SECURE_REDIRECT_EXEMPT = ["^healthz$", "^readyz$"]  # asked from within, past the proxy
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.switch("BEHIND_PROXY", default=False) else None
SECURE_HSTS_SECONDS = 31536000 if _https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = _https
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _https
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
# Under "no-referrer" browsers send "Origin: null", and Django would take no form of the staff. Answer pages, which have
# a token in their address, set "no-referrer" themselves.
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "style-src": [SELF],
        "img-src": [SELF],
        "script-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# Language and time. The database keeps UTC; waves open by the company's clock.
USE_TZ = True
TIME_ZONE = parse_time_zone(env.str("COMPANY_TIME_ZONE", default="UTC"))
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("ru", "Русский")]
LOCALE_PATHS = [BASE_DIR / "config" / "locale"]  # one catalogue for all apps and templates
FORMAT_MODULE_PATH = "config.formats"

# The largest request in bytes, with room for the largest people file; config/Caddyfile has the same figure
LARGEST_REQUEST = 55_000_000

# Static files
STATIC_URL = "static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(BASE_DIR / "staticfiles")))
STORAGES = {
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# Mail
vars().update(parse_mail_server(env.str("EMAIL_URL", default="smtp://127.0.0.1:1025")))
DEFAULT_FROM_EMAIL = parse_sender(env.str("MAIL_FROM", default="Faultline <faultline@localhost>"))
# For the reply to a command (RFC 5321, 4.5.3.2); surveys/mails/smtp.py waits longer for the one to a mail's content.
EMAIL_TIMEOUT = 300
MAIL_BATCH = 100
# What the outbox may hold, kind and label. Each kind has a composer in one of the apps: a system check compares both.
MAIL_KINDS = [
    ("invitation", "Invitation"),
    ("reminder", "Reminder"),
    ("digest", "Digest"),
    ("trustee", "Passphrase wanted"),
]

# Celery. The database is the truth and the broker a hint: a lost message costs a minute, until the next tick.
CELERY_BROKER_URL = env.str("REDIS_URL", default="" if EMBEDDED else environ.Env.NOTSET)
if CELERY_BROKER_URL:
    CELERY_BROKER_URL = parse_broker(CELERY_BROKER_URL)
    CELERY_BROKER_TRANSPORT_OPTIONS = broker_options(CELERY_BROKER_URL, env.str("REDIS_MASTER", default=""))
else:
    CELERY_BROKER_URL = "embedded://localhost"
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(VAR_DIR / "broker" / "messages"),
        "data_folder_out": str(VAR_DIR / "broker" / "messages"),
        "control_folder": str(VAR_DIR / "broker" / "control"),
    }
CELERY_TASK_DEFAULT_QUEUE = "default"
CELERY_TASK_ROUTES = {
    "surveys.tasks.open_wave": {"queue": "counting"},
    "surveys.tasks.shuffle_wave": {"queue": "counting"},
    "surveys.tasks.close_wave": {"queue": "counting"},
    "surveys.tasks.check_key": {"queue": "counting"},
    "surveys.tasks.send_mail": {"queue": "mail"},
}
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SOFT_TIME_LIMIT = 540
CELERY_TASK_TIME_LIMIT = 600
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 30
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_ENABLE_UTC = True
CELERY_BEAT_SCHEDULE = {
    "tick": {"task": "surveys.tasks.tick", "schedule": crontab(), "options": {"expires": 55}},
}

# Logs go to the console and carry no request of a respondent (config/logs.py).
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"respondent": {"()": "config.logs.RespondentFilter"}},
    "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "filters": ["respondent"], "formatter": "plain"},
    },
    "root": {"handlers": ["console"], "level": parse_log_level(env.str("LOG_LEVEL", default="INFO"))},
    "loggers": {
        "django": {"handlers": ["console"], "level": "INFO", "propagate": False},
        # Below an error it tells of single requests; config/web_server/gunicorn.py looks after its other loggers.
        "gunicorn.http": {"level": "ERROR"},
    },
}

"""Settings. Everything that differs between installations comes from the environment; the rest is here."""

import os
from pathlib import Path

import environ
from csp.constants import NONE, SELF

from msoko.web.home import home, secret_key

env = environ.Env()
WEB = Path(__file__).parent
HOME = home()

DEBUG = env.bool("MSOKO_DEBUG", default=False)
SECRET_KEY = env.str("MSOKO_SECRET_KEY", default="") or secret_key(HOME)
ALLOWED_HOSTS = env.list("MSOKO_HOSTS", default=["127.0.0.1", "localhost", "[::1]", "testserver"])
CSRF_TRUSTED_ORIGINS = env.list("MSOKO_ORIGINS", default=[])
# The mark is made by `msoko demo` in the home that it fills; nothing else may print passwords.
DEMONSTRATION = env.bool("MSOKO_DEMONSTRATION", default=(HOME / "demonstration").exists())
BEHIND_HTTPS = env.bool("MSOKO_HTTPS", default=False)

DEFINITIONS_FOLDER = env.str("MSOKO_DEFINITIONS", default="") or str(HOME / "definitions")
# The key with which results of one person are put together; who keeps it elsewhere keeps it out of copies of the home.
LINK_KEY_FILE = env.str("MSOKO_LINK_KEY_FILE", default="") or str(HOME / "link_key")
UPLOADS = HOME / "uploads"
FACTS = HOME / "facts"
EVIDENCE = HOME / "evidence"
SIGNED_DOCUMENTS = HOME / "signed"
# A region's protocol of 27,000 rows takes 2 MB; forty times that leaves room and still ends a mistaken upload early.
LARGEST_UPLOAD = env.int("MSOKO_LARGEST_UPLOAD", default=80 * 1024 * 1024)
# A command that is given a file that confirms execution: it ends with 0 where the file is clean, 1 where it is not.
SCANNER = env.str("MSOKO_SCANNER", default="")
SCANNER_SECONDS = env.int("MSOKO_SCANNER_SECONDS", default=60)

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_htmx",
    "axes",
    "csp",
    "msoko.web.look",
    "msoko.web.people",
    "msoko.web.collection",
    "msoko.web.monitoring",
    "msoko.web.analysis",
    "msoko.web.roadmap",
    "msoko.web.cycles",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "msoko.web.people.middleware.RightsMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "msoko.web.urls"
WSGI_APPLICATION = "msoko.web.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "msoko.web.frame.frame",
            ],
        },
    },
]

DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{HOME / 'msoko.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # IMMEDIATE: a writer waits for its turn at the start instead of failing in the middle.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA mmap_size=134217728;",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "people:login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "people:login"
AXES_FAILURE_LIMIT = 7
AXES_COOLOFF_TIME = 0.25  # hours: long enough to stop guessing, short enough for a person who mistyped
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_TEMPLATE = "look/locked_out.html"
AXES_RESET_ON_SUCCESS = True
AXES_USERNAME_FORM_FIELD = "username"
AXES_ENABLE_ACCESS_FAILURE_LOG = False
AXES_VERBOSE = False

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = BEHIND_HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_HTTPS else None
SECURE_HSTS_SECONDS = 31536000 if BEHIND_HTTPS else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

# Letters: shown by the server unless told otherwise (console, file or smtp). Whoever tries the demonstration reads the
# passwords on that console: its letters go into a folder.
EMAIL_KIND = env.str("MSOKO_EMAIL", default="file" if DEMONSTRATION else "console")
EMAIL_BACKEND = f"django.core.mail.backends.{'filebased' if EMAIL_KIND == 'file' else EMAIL_KIND}.EmailBackend"
EMAIL_FILE_PATH = env.str("MSOKO_EMAIL_FOLDER", default="") or str(HOME / "letters")
EMAIL_HOST = env.str("MSOKO_EMAIL_HOST", default="localhost")
EMAIL_PORT = env.int("MSOKO_EMAIL_PORT", default=25)
EMAIL_HOST_USER = env.str("MSOKO_EMAIL_USER", default="")
EMAIL_HOST_PASSWORD = env.str("MSOKO_EMAIL_PASSWORD", default="")
EMAIL_USE_TLS = env.bool("MSOKO_EMAIL_TLS", default=False)
EMAIL_TIMEOUT = 30
DEFAULT_FROM_EMAIL = env.str("MSOKO_EMAIL_FROM", default="МСОКО <msoko@localhost>")
# From which hour of the local day on the letters of the day are sent.
DIGEST_HOUR = env.int("MSOKO_DIGEST_HOUR", default=7)
# What links in letters and calendars begin with; '' where nobody has said: then letters have no links.
ADDRESS = env.str("MSOKO_ADDRESS", default="").rstrip("/")

LANGUAGE_CODE = "ru"
TIME_ZONE = env.str("MSOKO_TIME_ZONE", default="Europe/Moscow")
USE_TZ = True
USE_I18N = True

STATIC_URL = "static/"
# Files are served from where they lie; a folder of collected ones is for a server that stands before this one.
STATIC_ROOT = env.str("MSOKO_STATIC_ROOT", default="") or None
STATICFILES_DIRS = [WEB / "static"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000  # placing a region's schools is one form
FILE_UPLOAD_PERMISSIONS = 0o600

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": os.environ.get("MSOKO_LOG", "WARNING")},
    "loggers": {"msoko": {"level": os.environ.get("MSOKO_LOG", "INFO")}},
}

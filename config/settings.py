"""Every setting of the platform, read once and typed, from the environment.

The variables an operator sets are listed in docs/howto/settings.md; all have a default that
suits one machine. Nothing here reads the database or the network.
"""

import secrets
from pathlib import Path

from django.utils.csp import CSP
from environs import Env

from config.mail import mail_settings

env = Env()
BASE_DIR = Path(__file__).resolve().parent.parent


def _secret_key(folder: Path) -> str:
    """Return the installation's key, making it on the first start (readable by its owner only)."""
    path = folder / "secret_key"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50))
    return path.read_text().strip()


# ---- where things are -------------------------------------------------------------------------
FENJIN_DATA: Path = Path(env.str("FENJIN_DATA", str(BASE_DIR / "var"))).resolve()
PORT: int = env.int("PORT", 8000)
SECRET_KEY: str = env.str("SECRET_KEY", "") or _secret_key(FENJIN_DATA)
ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS", ["app.fenjin.localhost", "localhost", "127.0.0.1", "[::1]"])
PUBLIC_URL: str = env.str("PUBLIC_URL", f"http://app.fenjin.localhost:{PORT}")
HTTPS: bool = PUBLIC_URL.startswith("https://")
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
# Whose X-Forwarded-For is believed: addresses or networks of our own proxies; none by default.
TRUSTED_PROXIES: list[str] = env.list("TRUSTED_PROXIES", [])
DEBUG: bool = env.bool("DEBUG", False)
UNDER_TEST: bool = env.bool("FENJIN_UNDER_TEST", False)
# A file with the hours by which a demo's clock is ahead; none: the clock shows the true time.
DEMO_CLOCK: Path | None = env.path("DEMO_CLOCK", None)

# ---- database: DATABASE_URL is the plain application role, DATABASE_OWNER_URL runs migrations -----
_application = env.dj_db_url("DATABASE_URL", "postgresql://fenjin_app@/fenjin", conn_max_age=600)
_owner = env.dj_db_url("DATABASE_OWNER_URL", "") if env.str("DATABASE_OWNER_URL", "") else None
DATABASES = {"default": _application}
if env.bool("FENJIN_AS_OWNER", False) and _owner:
    DATABASES = {"default": _owner}
DATABASES["default"]["ENGINE"] = "fenjin.kit.postgres"
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
RAISE_ON_LAZY_LOADS: bool = env.bool("RAISE_ON_LAZY_LOADS", UNDER_TEST)

# A process keeps drawn parts of pages for some seconds; tests that replace the database under it keep nothing.
CACHES = {"default": {"BACKEND": env.str("CACHE_BACKEND", "django.core.cache.backends.locmem.LocMemCache")}}

# ---- the house ------------------------------------------------------------------------------------
HOUSE = [
    "kit",
    "audit",
    "people",
    "spaces",
    "audiences",
    "workplace",
    "media",
    "search",
    "moderation",
    "delivery",
    "newsroom",
    "quiz",
    "shell",
]
INSTALLED_APPS = [
    *[f"fenjin.{room}" for room in HOUSE],
    "wagtail.snippets",
    "wagtail.images",
    "wagtail.users",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_htmx",
    "procrastinate.contrib.django",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "fenjin.spaces.middleware.AccountMiddleware",
    "fenjin.people.middleware.preferences",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "fenjin.kit.errors.RefusalMiddleware",
    "fenjin.spaces.middleware.ScopeMiddleware",
    "fenjin.people.middleware.FirstPasswordGate",
    "fenjin.spaces.studio.StudioGate",
    "fenjin.kit.access.AccessMiddleware",
    "fenjin.people.middleware.NoticeGate",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "config.urls"
ASGI_APPLICATION = "config.asgi.application"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.csrf",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "fenjin.shell.context.shell",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static", "fenjin.kit.templatetags.skin"],
        },
    }
]

# ---- people, sessions, passwords -------------------------------------------------------------------
AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["fenjin.spaces.backend.AccountBackend"]
SESSION_ENGINE = "fenjin.people.sessions"
SESSION_COOKIE_NAME = "fenjin"
SESSION_COOKIE_AGE = 30 * 24 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
LOGIN_URL = "people:sign_in"
LOGIN_REDIRECT_URL = "shell:home"
STRONG_SESSION_SECONDS = 8 * 3600
STAFF_IDLE_SECONDS = 30 * 60
# How long sign-ins and failures are kept; the law asks for 180 days, and the database refuses to delete younger rows.
SECURITY_LOG_DAYS: int = env.int("SECURITY_LOG_DAYS", 365)
# Where the newest link of the log's hash chain is mailed every day; empty: only the file in FENJIN_DATA.
AUDIT_HEADS_MAIL: str = env.str("AUDIT_HEADS_MAIL", "")
# Argon2id at the parameters of RFC 9106, second choice: about 0.1 s of CPU a hash on a small machine.
PASSWORD_HASHERS = (
    ["django.contrib.auth.hashers.MD5PasswordHasher"]
    if UNDER_TEST
    else ["django.contrib.auth.hashers.Argon2PasswordHasher"]
)
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "fenjin.people.services.passwords.StrongPassword"},
]

# ---- languages and time ------------------------------------------------------------------------------
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

# ---- files --------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATICFILES_DIRS = [directory for directory in [BASE_DIR / "frontend" / "dist"] if directory.exists()]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
# Vite writes the content's hash into each file name, so those never change.
WHITENOISE_IMMUTABLE_FILE_TEST = r"^/static/assets/.+-[\w-]{8,}\.\w+$"
MEDIA_ROOT = FENJIN_DATA / "media"
MEDIA_URL = "/never-served/"
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "fenjin.kit.uploads.NamelessUploadHandler",
]
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
# A picture larger than this many pixels is refused before it is decoded.
MAX_IMAGE_PIXELS = 60_000_000
# Hosts from which pictures of a copied article may be fetched, by https; empty: none are.
IMPORT_PICTURE_HOSTS: list[str] = env.list("IMPORT_PICTURE_HOSTS", ["mmbiz.qpic.cn", "mmbiz.qlogo.cn"])

# ---- the browser's own walls -----------------------------------------------------------------------------
SECURE_CSP = {
    "default-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "object-src": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.SELF],
    "form-action": [CSP.SELF],
}
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
X_FRAME_OPTIONS = "SAMEORIGIN"
CSRF_FAILURE_VIEW = "fenjin.kit.errors.csrf_failure"

# ---- the studio ----------------------------------------------------------------------------------------------
WAGTAIL_SITE_NAME = "Fenjin 奋进"
WAGTAILADMIN_BASE_URL = PUBLIC_URL
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_I18N_ENABLED = False
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAIL_WORKFLOW_ENABLED = False
WAGTAILIMAGES_IMAGE_MODEL = "media.Picture"
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}

# ---- mail and logs ------------------------------------------------------------------------------------------------
# Without EMAIL_URL mails are printed to the log and the pages do not offer them.
EMAIL_URL: str = env.str("EMAIL_URL", "")
globals().update(mail_settings(EMAIL_URL))
DEFAULT_FROM_EMAIL: str = env.str("EMAIL_FROM", "fenjin@localhost")
# A class with send(number, text); without one, no page offers a code by text message.
SMS_SENDER: str = env.str("SMS_SENDER", "")
# The company's messenger: standalone (none), console (files in FENJIN_DATA/workplace), or a class of your own.
WORKPLACE: str = env.str("WORKPLACE", "standalone")
WORKPLACE_FAULTS: list[str] = env.list("WORKPLACE_FAULTS", [])  # of the console: fenjin/workplace/faults.py
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", "INFO")},
    "loggers": {
        "django.request": {"level": "ERROR"},
        "procrastinate.blueprints": {"level": "WARNING"},  # names every task at every start
        "procrastinate.periodic": {"level": "WARNING"},
    },
}

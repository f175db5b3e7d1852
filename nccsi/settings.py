"""One settings module for every deployment: safe by default, everything from the environment.

`.env.example` lists each variable with its meaning. A missing or wrong one stops the start with a
sentence that names it. Only `DEMO=true` (what `make run` sets) brings defaults that are not for production.
"""

from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONE, SELF, UNSAFE_INLINE
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from nccsi.running import embedded, environment, media, operations
from nccsi.running.environment import BASE_DIR

env = environment.read(BASE_DIR / ".env")
VAR_DIR = environment.var_dir(env, base=BASE_DIR)

# --- What this deployment is ---------------------------------------------------------------------

DEMO = env.bool("DEMO", default=False)
DEBUG = False

SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
SECRET_KEY = environment.secret_key(env, demo=DEMO, keep_in=VAR_DIR / "secret-key")
RECEIPT_SIGNING_KEY = environment.signing_key(env, demo=DEMO, keep_in=VAR_DIR / "receipt-signing-key")
TIME_STAMP_AUTHORITY = environment.time_stamp_authority(env, demo=DEMO)
TIME_STAMP_CERTIFICATES = environment.time_stamp_certificates(env, authority=TIME_STAMP_AUTHORITY)
SITE_URL = environment.site_url(env, demo=DEMO)
SITE_HOST = urlsplit(SITE_URL).hostname or ""
SITE_IS_HTTPS = SITE_URL.startswith("https://")
ALLOWED_HOSTS = [SITE_HOST, *env.list("ALLOWED_HOSTS", default=[])]
if DEMO:
    ALLOWED_HOSTS += ["localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS = [SITE_URL]

# --- Apps ----------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "nccsi.apps.NccsiConfig",
    "events",
    "practices",
    "consortia",
    "monitoring",
    "learning",
    "partners",
    "calls",
    "hub",
    "notifications",
    "accounts",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.sites",
    "accounts.apps.ColleaguesConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.embeds",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_filters",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "django_htmx",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "nccsi.health.watching.WatchingMiddleware",
    "nccsi.caching.page_cache.PageCacheMiddleware",
    "nccsi.framework.middleware.OpenDataMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "nccsi.framework.middleware.PolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "nccsi.framework.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "accounts.signing_in.middleware.EndedSignInMiddleware",
    "accounts.signing_in.middleware.UnsentCodeMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "hub.refusals.kept_forms.SignedOutMiddleware",
    "hub.refusals.methods.MethodMiddleware",
    "accounts.second_factor.middleware.SecondFactorMiddleware",
    "accounts.signing_in.middleware.CredentialMiddleware",
    "accounts.signing_in.middleware.OwnFrameMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "hub.pages.routes.PageRouteMiddleware",
]

ROOT_URLCONF = "nccsi.urls"
WSGI_APPLICATION = "nccsi.wsgi.application"

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
                "django.template.context_processors.i18n",
                "hub.site.context_processors.site",
            ],
        },
    },
]
FORM_RENDERER = "nccsi.framework.form_rendering.FormRenderer"

# --- Data ----------------------------------------------------------------------------------------

DATABASES = {"default": embedded.database(env, data_dir=VAR_DIR / "postgres")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = environment.redis_url(env, "REDIS_URL")
CACHES = environment.caches(env, broker=REDIS_URL)

PAGE_CACHE_MEGABYTES = env.int("PAGE_CACHE_MEGABYTES", default=32)

# --- Celery: workers on queues, never on ETA; due moments live in the database --------------------

CELERY_BROKER_URL = REDIS_URL or "filesystem://localhost"
CELERY_BROKER_TRANSPORT = None if REDIS_URL else "nccsi.framework.file_queue.Transport"
CELERY_BROKER_TRANSPORT_OPTIONS = environment.broker_options(REDIS_URL, folder=VAR_DIR / "queue")
CELERY_TIMEZONE = "UTC"
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_TIME_LIMIT = 120
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 30
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "beat-schedule")

# --- Mail: the outbox sends through this; in the demo it lands in files ---------------------------

_mail = environment.mail(env, demo=DEMO, folder=VAR_DIR / "mail")
DELIVERY_BACKEND: str = _mail.pop("DELIVERY_BACKEND")
vars().update(_mail)
EMAIL_BACKEND = "notifications.outbox.backend.OutboxBackend"
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = environment.sender(env, host=SITE_HOST)
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# --- Languages and time ---------------------------------------------------------------------------

ALL_LANGUAGES = {
    "nl": _("Dutch"),
    "fr": _("French"),
    "de": _("German"),
    "en": _("English"),
}
LANGUAGES = environment.languages(env, known=ALL_LANGUAGES)
LANGUAGE_CODE = LANGUAGES[0][0]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAIL_I18N_ENABLED = True
WAGTAIL_ALLOW_UNICODE_SLUGS = False
USE_I18N = True
# The first wins. The others hold words of packages where their own catalogs say "du" or "u", the wrong thing or
# nothing: of accounts, and of the admin. `make messages` leaves them; docs/operations.md tells how they are kept.
LOCALE_PATHS = [BASE_DIR / "locale", BASE_DIR / "accounts" / "wording", BASE_DIR / "hub" / "wording"]
FORMAT_MODULE_PATH = "hub.dates.formats"
# What the admin's own pickers write, which know one form for all languages: the day first, as in all of ours.
WAGTAIL_DATE_FORMAT = "%d/%m/%Y"
WAGTAIL_DATETIME_FORMAT = "%d/%m/%Y %H:%M"
LANGUAGE_COOKIE_NAME = "language"
USE_TZ = True
TIME_ZONE = "Europe/Brussels"
WAGTAIL_USER_TIME_ZONES = ["Europe/Brussels"]

# --- Files ----------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "nccsi.framework.stylesheets.SiteStylesheetFinder",
]
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(VAR_DIR / "static")))
MEDIA_URL = "/media/"
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", default=str(VAR_DIR / "media")))
# Who was erased, apart from the database and its backups; machines share it.
ERASURES_ROOT = Path(env.str("ERASURES_ROOT", default=str(VAR_DIR / "erasures")))
STORAGES = {
    "default": media.uploads(env),
    "erasures": media.erasures(env, ERASURES_ROOT),
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # Wagtail's editor with many blocks
CONSORTIUM_MEGABYTES = env.int("CONSORTIUM_MEGABYTES", default=2_000)
# How long the operator keeps backups: the privacy page tells it.
BACKUPS_KEPT_DAYS = env.int("BACKUPS_KEPT_DAYS", default=30)

# --- Accounts -------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "nccsi.demo.refusal.RefuseDemoLogins",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "accounts:my_page"
STAFF_SECOND_FACTOR = env.bool("STAFF_SECOND_FACTOR", default=not DEMO)

ACCOUNT_ADAPTER = "accounts.signing_in.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_FORMS = {"signup": "accounts.signing_in.signup.SignupForm"}
ACCOUNT_SIGNUP_FORM_CLASS = "accounts.signing_in.forms.ProfileSignupForm"
# Instead of allauth's honeypot, which pretends success, the form has the guard of all public forms.
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if SITE_IS_HTTPS else "http"
# A classroom signs up within a minute. Mails are capped per mailbox where they are written (`mailbox_cap`): a limit per
# address that answers 429 here would let a stranger keep its owner from asking.
ACCOUNT_RATE_LIMITS = {
    "signup": "60/m/ip",
    "login": "60/m/ip",
    "reset_password": "60/m/ip",
    "request_login_code": "60/m/ip",
    "confirm_email": "60/m/ip",
}
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)

MFA_ADAPTER = "accounts.signing_in.adapter.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEMO
MFA_TOTP_ISSUER = "NCCSI"

# --- Wagtail --------------------------------------------------------------------------------------

WAGTAIL_SITE_NAME = "NCCSI"
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAILADMIN_LOGIN_URL = "/accounts/login/"
WAGTAIL_FRONTEND_LOGIN_URL = "/accounts/login/"
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
# Wagtail would send these within the request, past the outbox; the centre's mailbox hears through the outbox.
WAGTAILADMIN_NOTIFICATION_INCLUDE_SUPERUSERS = False
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_INLINE_CONTENT_TYPES: list[str] = []
WAGTAILDOCS_EXTENSIONS = [
    "csv",
    "docx",
    "odp",
    "ods",
    "odt",
    "pdf",
    "pptx",
    "txt",
    "xlsx",
    "zip",
]
WAGTAILDOCS_MAX_UPLOAD_SIZE = 20_000_000
WAGTAILDOCS_DOCUMENT_FORM_BASE = "nccsi.admin.upload_forms.DocumentForm"
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10_000_000
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 50_000_000
WAGTAILIMAGES_IMAGE_FORM_BASE = "nccsi.admin.upload_forms.ImageForm"
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []
# A translation starts as a draft: published at once it would show untranslated words, and wagtail-localize
# would lose count of the children when it publishes a page and its subpages in one go.
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False
WAGTAILLOCALIZE_JOBS = {
    "BACKEND": "wagtail_localize.tasks.ImmediateBackend",
    "OPTIONS": {},
}

# --- Open data ------------------------------------------------------------------------------------

REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "UNAUTHENTICATED_USER": None,
    # A parameter called `format` is unknown like any other; the Accept header says the format.
    "URL_FORMAT_OVERRIDE": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Open data",
    "DESCRIPTION": (
        "What the portal shows to everybody, for programs: practices and what became of them, organisations, calls, "
        "events and questions. Read-only, without a key. Facets carry codes; `/api/v1/terms/` says what they mean. "
        "Texts are objects by language."
    ),
    "VERSION": "1.0.0",
    "SERVERS": [{"url": SITE_URL}],
    "SCHEMA_PATH_PREFIX": "/api/v1/",
    # Fields of one name with other choices.
    "ENUM_NAME_OVERRIDES": {
        "QuestionStateEnum": "learning.questions.models.Question.PUBLIC",
        "PolicyHookKindEnum": "practices.mainstreaming.models.HookKind.values",
    },
    "PREPROCESSING_HOOKS": ["hub.open_data.schema.only_open_data"],
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "hub.open_data.schema.with_problems_and_licence",
    ],
    "SORT_OPERATION_PARAMETERS": False,
}

# --- Security -------------------------------------------------------------------------------------

SECURE_SSL_REDIRECT = SITE_IS_HTTPS
SECURE_REDIRECT_EXEMPT = [r"^health/", r"^metrics$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ALLAUTH_TRUSTED_PROXY_COUNT else None
SECURE_HSTS_SECONDS = int(timedelta(days=730).total_seconds()) if SITE_IS_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SITE_IS_HTTPS
SECURE_HSTS_PRELOAD = SITE_IS_HTTPS
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"
# The __Host- prefix asks for Secure and Path=/ and no domain: browsers refuse it over plain http.
_COOKIE_PREFIX = "__Host-" if SITE_IS_HTTPS else ""
SESSION_COOKIE_NAME = f"{_COOKIE_PREFIX}session"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = SITE_IS_HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = f"{_COOKIE_PREFIX}csrftoken"
MESSAGES_COOKIE_NAME = f"{_COOKIE_PREFIX}messages"
MESSAGE_STORAGE = "nccsi.framework.message_cookies.MessageStorage"
CSRF_FAILURE_VIEW = "hub.refusals.error_views.csrf_failure"
SESSION_ENGINE = "django.contrib.sessions.backends.db"

CONTENT_SECURITY_POLICY = {
    "EXCLUDE_URL_PREFIXES": ("/admin/",),  # the admin's own policy is set in nccsi.framework.middleware
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [SELF],
    },
}
ADMIN_CONTENT_SECURITY_POLICY = {
    "default-src": [SELF],
    "script-src": [SELF, UNSAFE_INLINE],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
    "font-src": [SELF, "data:"],
    "frame-src": [SELF],
    "object-src": [NONE],
    "form-action": [SELF],
    "base-uri": [SELF],
    "frame-ancestors": [SELF],
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    name: []
    for name in (
        [
            "accelerometer",
            "camera",
            "display-capture",
            "geolocation",
            "gyroscope",
            "magnetometer",
            "microphone",
            "midi",
            "payment",
            "usb",
        ]
    )
} | {"publickey-credentials-create": ["self"], "publickey-credentials-get": ["self"]}

# --- Watching and keeping -------------------------------------------------------------------------

BACKUP_PUBLIC_KEY = operations.backup_public_key(env)
METRICS_TOKEN = operations.metrics_token(env)
LOG_FORMAT = operations.log_format(env)
SENTRY_DSN = operations.sentry_dsn(env)

# --- Logs: one line each to standard error --------------------------------------------------------

# Every logger that brings handlers of its own is given ours, so that nothing is written past nccsi.framework.log_lines.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "class": "nccsi.framework.log_lines.LineFormatter",
            "format": "%(asctime)s %(levelname)s %(name)s: %(message)s",
        },
        "json": {"class": "nccsi.framework.log_lines.JsonFormatter"},
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": LOG_FORMAT}},
    "root": {"handlers": ["stderr"], "level": environment.log_level(env)},
    "loggers": {
        "django": {"level": "INFO"},
        # A line for each request is for programs; whoever looks at a terminal wants to see what is unusual.
        "nccsi.requests": {} if LOG_FORMAT == "json" else {"level": "WARNING"},
        "django.server": {"level": "WARNING", "propagate": True},
        "granian.access": {"level": "INFO", "propagate": True},
        "_granian": {"propagate": True},
        # At DEBUG they write down how requests to the storage are signed.
        **{name: {"level": "WARNING"} for name in ("boto3", "botocore", "s3transfer", "urllib3")},
    },
}

if not SITE_HOST:
    raise ImproperlyConfigured("SITE_URL has no host name. Write it like https://portal.example.eu")

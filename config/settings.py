"""Settings. These are production's; everything that differs comes from the environment.

`config.stack.environment.load()` fills in the addresses and secrets of the embedded services when none are given.
"""

from pathlib import Path
from typing import Any

import environ
from csp.constants import NONCE, NONE, SELF
from django.utils.translation import to_locale

from community.signing_key import signing_key
from config.api_settings import API_ANSWER_ONCE as API_ANSWER_ONCE
from config.api_settings import API_MAX_BODY as API_MAX_BODY
from config.api_settings import API_MAX_FILE_BODY as API_MAX_FILE_BODY
from config.api_settings import REST_FRAMEWORK as REST_FRAMEWORK
from config.api_settings import SPECTACULAR_SETTINGS as SPECTACULAR_SETTINGS
from config.stack import environment, hosts
from config.unfold import UNFOLD as UNFOLD

BASE_DIR = Path(__file__).resolve().parent.parent
environment.load()
env = environ.Env()

VAR_DIR = Path(env("PORCHLIGHT_VAR", default=str(BASE_DIR / "var"))).resolve()
SECRET_KEY = env("SECRET_KEY")
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
DEBUG = env.bool("DEBUG", default=False)
# The trial stack serves plain http on this machine; a public site is https and says so with its address.
BASE_URL = env("BASE_URL", default=f"http://localhost:{env('PORT', default='8000')}")
SECURE = BASE_URL.startswith("https://")
ALLOWED_HOSTS = hosts.allowed()
LIVE_URL = env("PORCHLIGHT_LIVE_URL", default="")
# Several sites may share one Redis; each hears only its own news.
LIVE_PREFIX = env("PORCHLIGHT_LIVE_PREFIX", default="site")

INSTALLED_APPS = [
    "config.admin_site.AdminTheme",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django_linear_migrations",
    "csp",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.usersessions",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "community.activity",
    "community.numbers",
    "community.brand",
    "community.writing",
    "community.members",
    "community.notifications",
    "community.spaces",
    "community.threads",
    "community.search",
    "community.messages",
    "community.moderation",
    "community.integrations",
    "community.importing",
    "community.privacy",
    "rewards.intake",
    "rewards.points",
    "rewards.praise",
    "rewards.badges",
    "rewards.tiers",
    "rewards.quests",
    "rewards.rituals",
    "rewards.leaderboards",
    "engagement.journeys",
    "config.apps.ConfigConfig",
]

MIDDLEWARE = [
    "config.request_id.RequestId",
    "config.guest_cache.GuestCache",
    "community.members.doors.pace.Pace",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.content_policy.ContentPolicy",
    "config.admin_policy.AdminPolicy",
    "community.integrations.cors.RegisteredOrigins",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "config.middleware.MemberPreferences",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "config.errors.DomainErrors",
    "config.doorway.Doorway",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "environment": "config.jinja.environment",
            "context_processors": ["config.frame.frame"],
        },
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates" / "django"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
            ],
        },
    },
]

DATABASES = {"default": env.db_url("DATABASE_URL")}
DATABASES["default"].update(
    ENGINE="django.db.backends.postgresql",
    CONN_MAX_AGE=env.int("CONN_MAX_AGE", default=600),
    CONN_HEALTH_CHECKS=True,
    TEST={"NAME": "test_porchlight_" + env("PORCHLIGHT_TEST_DB", default="main")},
)
DATABASES["default"].setdefault("OPTIONS", {}).update(
    options=" ".join(
        f"-c {name}={env(f'PG_{name.upper()}', default=value)}"
        for name, value in {
            "statement_timeout": "10s",
            "lock_timeout": "2s",
            "idle_in_transaction_session_timeout": "15s",
        }.items()
    )
)
# Hand-written statements ask for it (`community.sql`); a pooler per transaction would hand them to a stranger.
DATABASES["default"]["OPTIONS"]["prepare_threshold"] = 5 if env.bool("PG_PREPARED", default=True) else None
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env("REDIS_URL")
REDIS_LIMITS_URL = env("REDIS_LIMITS_URL", default=environment.redis_url(2))
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": env("REDIS_CACHE_URL", default=environment.redis_url(1)),
        "KEY_PREFIX": "cache",
        "OPTIONS": {"socket_timeout": 0.5, "socket_connect_timeout": 0.5},
    }
}
# How long pages for guests are kept when nothing changes; 0 keeps none.
GUEST_CACHE_SECONDS = env.int("GUEST_CACHE_SECONDS", default=60)
LIMITS_PREFIX = "limit"
LIMITS_ENABLED = env.bool("LIMITS_ENABLED", default=True)
LIMITS: dict[str, str] = env.dict("LIMITS", default={})
# Who may open live rooms, at the least: member, moderator, manager or admin.
ROOMS_OPENED_BY = env("ROOMS_OPENED_BY", default="moderator")
# A thread counts as new for so many days; customers look in seldom (Discourse: two).
NEW_THREAD_DAYS = env.int("NEW_THREAD_DAYS", default=14)
# Whoever reads a thread for so long tracks it from then on (Discourse: four minutes).
TRACK_AFTER_SECONDS = env.int("TRACK_AFTER_SECONDS", default=240)
POINTS_DAILY_CAP = env.int("POINTS_DAILY_CAP", default=60)

AUTH_USER_MODEL = "members.Member"
AUTHENTICATION_BACKENDS = ["community.members.accounts.MemberBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "community.members.passwords.NotTooLong"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("handle", "name", "email")},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_RESET_TIMEOUT = 3600
LOGIN_REDIRECT_URL = "/"
LOGIN_URL = "/sign-in/"
# Who must have a second step until managers say otherwise (admin, Doors): off, staff or everyone.
SECOND_FACTOR = env("SECOND_FACTOR", default="staff")
# Opens passwords again where only the brand's own sign-in was left, and that one is broken.
LOCAL_SIGN_IN = env.bool("LOCAL_SIGN_IN", default=False)

EMAIL_URL = env("EMAIL_URL", default="")
if EMAIL_URL:
    vars().update(env.email_url("EMAIL_URL"))
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = VAR_DIR / "mail"
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="Porchlight <community@localhost>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
# Mail that comes in: replies, and mail of ours that came back. Off while there is no address.
INBOUND_ADDRESS = env("INBOUND_ADDRESS", default="")
INBOUND_WEBHOOK_SECRET = env("INBOUND_WEBHOOK_SECRET", default="")
INBOUND_IMAP_URL = env("INBOUND_IMAP_URL", default="")
INBOUND_TRUSTED_RECEIVER = env("INBOUND_TRUSTED_RECEIVER", default="")
# Notices to browsers. Without a key they are off; whom a push service may write to is said with each call.
VAPID_PRIVATE_KEY = env("VAPID_PRIVATE_KEY", default="")
VAPID_CONTACT = env("VAPID_CONTACT", default="")
# Signs the badges that members carry away; made the first time one does.
BADGES_KEY_FILE = Path(env("BADGES_KEY_FILE", default=str(VAR_DIR / "badges.pem")))
# Origins in one's own network that addresses from outside may lead to nevertheless: `https://push.internal:8443`.
EGRESS_TRUSTED = env.list("EGRESS_TRUSTED", default=[])
SPAM_CHECKER_URL = env("SPAM_CHECKER_URL", default="")  # docs/moderation.md
SPAM_CHECKER_SECRET = env("SPAM_CHECKER_SECRET", default="")

ACCOUNT_ADAPTER = "community.notifications.account_mail.AccountAdapter"
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "community.members.reset_tokens.ResetTokens"  # noqa: S105 - a class
ACCOUNT_USER_MODEL_USERNAME_FIELD = "handle"
ACCOUNT_LOGIN_METHODS = {"email", "username"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SIGNUP_FORM_CLASS = "community.members.forms.SignUpForm"
# Without a mail server nobody could open the confirmation link, so the trial asks but does not insist.
ACCOUNT_EMAIL_VERIFICATION = env("EMAIL_VERIFICATION", default="mandatory" if EMAIL_URL else "optional")
ACCOUNT_EMAIL_CONFIRMATION_EXPIRE_DAYS = 1
ACCOUNT_CONFIRM_EMAIL_ON_GET = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_RATE_LIMITS = {
    "login_failed": "5/15m/key,20/5m/ip",
    "signup": env("SIGNUP_RATE", default="10/d/ip"),
    "reset_password": "10/h/ip,5/d/key",
    "confirm_email": "2/h/key",
    "request_login_code": "10/h/ip,5/d/key",
}
DOOR_STEP = env.float("DOOR_STEP", default=0.4)  # in seconds: community/members/doors/pace.py
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)
SIGN_ON: list[dict[str, Any]] = env.json("SIGN_ON", default=[])  # besides rows: docs/signing-in.md
SOCIALACCOUNT_ADAPTER = "community.members.signon.adapter.SocialAdapter"
SOCIALACCOUNT_AUTO_SIGNUP = False
SOCIALACCOUNT_EMAIL_VERIFICATION = ACCOUNT_EMAIL_VERIFICATION
SOCIALACCOUNT_REAUTHENTICATION_REQUIRED = True
SOCIALACCOUNT_STORE_TOKENS = False
# Whether this community says to other sites who somebody is. Off, nothing of it is loaded.
IDENTITY_PROVIDER = env.bool("IDENTITY_PROVIDER", default=False)
if IDENTITY_PROVIDER:  # before our own, whose admin closes what it opens
    INSTALLED_APPS.insert(INSTALLED_APPS.index("allauth.usersessions"), "allauth.idp.oidc")
    IDP_OIDC_PRIVATE_KEY = signing_key(Path(env("IDENTITY_KEY_FILE", default=str(VAR_DIR / "identity.pem"))))
    IDP_OIDC_ADAPTER = "config.identity.IdentityAdapter"
PASSKEYS = ("Add", "Authenticate", "Login", "Reauthenticate", "Signup")
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_FORMS = {f"{way.lower()}_webauthn": f"community.members.doors.credentials.{way}Form" for way in PASSKEYS}
MFA_TOTP_ISSUER = env("MFA_ISSUER", default="Porchlight")
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not SECURE  # Passkeys need https, except on this very machine.
USERSESSIONS_TRACK_ACTIVITY = False
SESSION_ENGINE = "community.members.sessions"
SESSION_COOKIE_AGE = 14 * 86400
SESSION_COOKIE_NAME = "__Host-session" if SECURE else "session"
SESSION_COOKIE_SECURE = SECURE
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "__Host-csrf" if SECURE else "csrf"
CSRF_COOKIE_SECURE = SECURE
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_TRUSTED_ORIGINS = [BASE_URL] if SECURE else []
CSRF_FAILURE_VIEW = "config.errors.csrf_failed"
SECURE_SSL_REDIRECT = SECURE and env.bool("SSL_REDIRECT", default=True)
SECURE_REDIRECT_EXEMPT = [r"^healthz/", r"^api/"]
SECURE_HSTS_SECONDS = 63072000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE
SECURE_HSTS_PRELOAD = SECURE
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https") if env.bool("BEHIND_PROXY", default=False) else None
)
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200
DATA_UPLOAD_MAX_NUMBER_FILES = 10
# Beyond what any form takes, so that a picture a little too large is still refused in words.
FORM_MAX_BODY = env.int("FORM_MAX_BODY", default=32 * 1024 * 1024)
FILE_UPLOAD_HANDLERS = [
    "config.body_limit.BoundedBody",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF, *([LIVE_URL] if LIVE_URL else [])],
        "form-action": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}

LANGUAGE_CODE = env("LANGUAGE_CODE", default="en")
KNOWN_LANGUAGES = [
    ("en", "English"),
    ("de", "Deutsch"),
    ("es", "Español"),
    ("pt-br", "Português"),
    ("zh-hans", "简体中文"),
    ("ar", "العربية"),
]
LOCALE_PATHS = [BASE_DIR / "locale"]
# A language is spoken once its catalogue is there: before, only Django's own words would change, amid English ones.
LANGUAGES = [
    (code, name)
    for code, name in KNOWN_LANGUAGES
    if code in ("en", LANGUAGE_CODE)
    or (LOCALE_PATHS[0] / to_locale(code) / "LC_MESSAGES/django.mo").is_file()
]
TIME_ZONE = "UTC"
FORMAT_MODULE_PATH = "config.formats"
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = Path(env("STATIC_ROOT", default=str(VAR_DIR / "static")))
MEDIA_ROOT = Path(env("MEDIA_ROOT", default=str(VAR_DIR / "files")))
# Who was erased, by number: outside of what a restored backup brings back (docs/self-hosting.md).
ERASURE_JOURNAL = Path(env("ERASURE_JOURNAL", default=str(VAR_DIR / "erasures.jsonl")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": env("STATIC_STORAGE", default="whitenoise.storage.CompressedManifestStaticFilesStorage")
    },
}
WHITENOISE_MAX_AGE = 31536000 if SECURE else 60

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"request_id": {"()": "config.request_id.RequestIdFilter"}},
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s [%(request_id)s] %(message)s"}},
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["request_id"]}
    },
    "root": {"handlers": ["stderr"], "level": env("LOG_LEVEL", default="INFO")},
    "loggers": {
        "django.request": {"level": "ERROR"},
        "django.security.DisallowedHost": {"level": "CRITICAL"},
    },
}
MESSAGE_STORAGE = "config.messages.LateSigning"
TEST_RUNNER = "django.test.runner.DiscoverRunner"
SILENCED_SYSTEM_CHECKS = ["auth.W004"]

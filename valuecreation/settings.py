"""All settings, from the environment. The defaults are for production; DEMO=1 is for one machine."""

from importlib.util import find_spec
from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF

from valuecreation.environment import Environment, broker_address, cache_address, origin_of

BASE_DIR = Path(__file__).resolve().parent.parent
env = Environment()

# What must be said -------------------------------------------------------------------------------
DEBUG = False
DEMO = env.flag("DEMO")
SECRET_KEY = env.secret("SECRET_KEY")
ALLOWED_HOSTS = env.hosts("ALLOWED_HOSTS", DEMO)
DATABASE_URL = env.required("DATABASE_URL", "for example postgresql://user:password@host/name")
REDIS_URL = env.text("REDIS_URL")
CELERY_BROKER_URL = env.required(
    "CELERY_BROKER_URL",
    "give it or REDIS_URL, for example redis://host:6379/0",
    default=broker_address(REDIS_URL) if REDIS_URL else "",
)
REDIS_URL = REDIS_URL or cache_address(CELERY_BROKER_URL)
# What addresses in mails begin with, whatever host a request names.
SITE_URL = env.site("SITE_URL", "http://127.0.0.1:8000" if DEMO else "")
BEHIND_TLS_PROXY = env.flag("BEHIND_TLS_PROXY")
HSTS_SECONDS = env.number("HSTS_SECONDS", 31_536_000)
env.refuse_if_incomplete()

# Applications ------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "communities",
    "indicators",
    "stories",
    "matrix",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "valuecreation.apps.StaticFiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "crispy_forms",
    "crispy_bootstrap5",
    "pgtrigger",
    "pghistory",
    "csp",
    "django_htmx",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "valuecreation.errors.patience",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "communities.middleware.preferences",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]
ROOT_URLCONF = "valuecreation.urls"
WSGI_APPLICATION = "valuecreation.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "communities.context.site",
            ],
        },
    },
]

# A story of 200 steps has some 3,000 fields, and 10,000 characters in each step.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 20_000_000

# Database, cache, jobs ---------------------------------------------------------------------------
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASES = {"default": dj_database_url.parse(DATABASE_URL, conn_max_age=60)}
# A query whose client was killed must not go on holding the matrix's lock: the server looks for
# the client twice a second. Just-in-time compilation only slows queries of this size.
DATABASES["default"].setdefault("OPTIONS", {})["options"] = (
    "-c client_connection_check_interval=500 -c jit=off"
)
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
# When something happened within a transaction, and not when that began: what belongs to which version
# of a story is told by it.
PGHISTORY_CREATED_AT_FUNCTION = "CLOCK_TIMESTAMP()"
CACHES = {
    "default": {
        "BACKEND": "valuecreation.cache.ForgivingRedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "vc",
        "OPTIONS": {"socket_connect_timeout": 0.5, "socket_timeout": 1},
    }
}
SESSION_ENGINE = "django.contrib.sessions.backends.db"

CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_TIME_LIMIT = 590
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# A request that cannot reach the broker goes on at once; the sweep finds what was not told.
CELERY_TASK_PUBLISH_RETRY = False
# A killed worker's task comes back in seconds.
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 600,
    "unacked_restore_interval": 2,
    "unacked_restore_throttle": 1,
    "socket_connect_timeout": 1,
    "max_retries": 0,
}
CELERY_BEAT_SCHEDULE = {
    "matrix-sweep": {"task": "matrix.tasks.sweep", "schedule": 10.0},
    # Each hour, because a month ends at another one in each time zone.
    "month-ends": {"task": "matrix.tasks.month_ends", "schedule": 3600.0},
    "purge": {"task": "stories.tasks.purge", "schedule": 3600.0},
    "rounds": {"task": "indicators.tasks.look_after_rounds", "schedule": 600.0},
    "keys": {"task": "communities.tasks.forget_keys", "schedule": 3600.0},
    "mail-sweep": {"task": "communities.tasks.sweep_mail", "schedule": 30.0},
}

# People ------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "communities.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
    )
]
# A code by mail is the way in; password, passkey and single sign-on are others.
LOGIN_URL = "account_request_login_code"
LOGIN_REDIRECT_URL = "home"
# Who may make an account: "invited" people, or anybody where it is "open".
SIGN_UP = env.one_of("SIGN_UP", ("invited", "open"))
ACCOUNT_ADAPTER = "communities.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "communities.sign_in.LoginForm",
    "request_login_code": "communities.sign_in.RequestLoginCodeForm",
    "reset_password": "communities.sign_in.ResetPasswordForm",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_LOGIN_BY_CODE_FORMAT = {"numeric": True, "length": 6, "dashed": False}
ACCOUNT_LOGOUT_REDIRECT_URL = "home"
# The same page whether an address is known or not, and no mail to one that is not.
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
# Django's own: allauth's keeps a second list of addresses.
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"
# Nobody is locked out by what somebody else does: limits by account hold for one client address
# only (communities.sign_in), and all else is counted by client.
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "login_failed": "30/m/ip,5/5m/key",
    "reset_password": "20/m/ip",
    "mail_me": "30/m/ip,3/m/key",
    "invite": "30/h/user",
    "receipt": "20/m/ip",
    "concern": "10/h/ip",
}
ALLAUTH_TRUSTED_PROXY_COUNT = int(BEHIND_TLS_PROXY)
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_FORMS = {"add_webauthn": "communities.sign_in.AddPasskeyForm"}
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEMO
MFA_TOTP_ISSUER = "Value creation tracker"

# Single sign-on: all four or none.
OIDC = env.together("OIDC_NAME", "OIDC_SERVER_URL", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET")
SOCIALACCOUNT_ADAPTER = "communities.adapter.SocialAccountAdapter"
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_LOGIN_ON_GET = False
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": []}}
if OIDC:
    SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"] = [
        {
            "provider_id": "sso",
            "name": OIDC[0],
            "client_id": OIDC[2],
            "secret": OIDC[3],
            "settings": {"server_url": OIDC[1]},
        }
    ]

# Who may found a community: addresses with commas, or * for whoever is signed in.
FOUNDERS = [name.lower() for name in env.names("FOUNDERS")] or (["*"] if DEMO else [])

# Mail --------------------------------------------------------------------------------------------
EMAIL_HOST = env.text("EMAIL_HOST")
EMAIL_PORT = env.number("EMAIL_PORT", 587)
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = env.text("EMAIL_HOST_PASSWORD")
# Port 465 speaks TLS from the first byte; elsewhere it begins with STARTTLS.
EMAIL_USE_SSL = bool(EMAIL_HOST) and EMAIL_PORT == 465
EMAIL_USE_TLS = bool(EMAIL_HOST) and not EMAIL_USE_SSL
EMAIL_TIMEOUT = 20
if DEMO:
    EMAIL_BACKEND = "communities.mailbox.MailboxBackend"
else:
    EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'console'}.EmailBackend"
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", "value-creation@localhost")
env.refuse_if_incomplete()

# Language and time -------------------------------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("es", "Español")]
if DEMO:
    # Far enough to see the pages from right to left.
    LANGUAGES += [("ar", "العربية (غير مكتملة)")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "UTC"
USE_I18N = True
USE_TZ = True

# Files -------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = Path(env.text("STATIC_ROOT", str(BASE_DIR / "staticfiles")))
BOOTSTRAP = Path(find_spec("django_include_bootstrap").origin).parent / "static"
STATICFILES_DIRS = [BASE_DIR / "static", ("bootstrap", BOOTSTRAP)]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = Path(env.text("MEDIA_ROOT", str(BASE_DIR / "media")))
# What the demo sent; no address leads into this folder.
MAILBOX = MEDIA_ROOT / "mailbox"

# Safety ------------------------------------------------------------------------------------------
SECURE_SSL_REDIRECT = not DEMO
SECURE_REDIRECT_EXEMPT = [r"^health/"]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not DEMO
SESSION_COOKIE_HTTPONLY = True
SECURE_HSTS_SECONDS = 0 if DEMO else HSTS_SECONDS
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = not DEMO
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_TLS_PROXY else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        # A browser asks this of the provider too, to which the button of single sign-on leads.
        "form-action": [SELF, *([origin_of(OIDC[1])] if OIDC else [])],
        "frame-ancestors": [NONE],
    }
}

# Forms and API -----------------------------------------------------------------------------------
CRISPY_ALLOWED_TEMPLATE_PACKS = CRISPY_TEMPLATE_PACK = "bootstrap5"
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "communities.api.tokens.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_THROTTLE_CLASSES": ["communities.api.patience.Patience"],
    "DEFAULT_SCHEMA_CLASS": "communities.api.schema.Describing",
    "EXCEPTION_HANDLER": "communities.api.problems.problem",
    "NUM_PROXIES": int(BEHIND_TLS_PROXY),
}
# How often one may ask, by person; who is not signed in, by client.
API_RATES = {"read": "600/m", "write": "120/m", "nobody": "60/m"}
SPECTACULAR_SETTINGS = {
    "TITLE": "Value creation tracker",
    "DESCRIPTION": "Stories, indicators and the matrix of a community of practice.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "COMPONENT_SPLIT_REQUEST": True,
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "POSTPROCESSING_HOOKS": ["communities.api.schema.complete"],
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
}

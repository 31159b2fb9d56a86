"""A real OpenID provider for the tests: django-allauth's, in a process and a database of its own.

It shares no code with our client. Run as `python provider_site.py FOLDER PORT REDIRECT_URI`; it says "ready".
"""

# ruff: noqa: PLC0415 (Django reads its settings first)

import sys
from pathlib import Path
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import django
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from django.conf import settings

CLIENT, SECRET, PASSWORD = "fenjin-under-test", "a secret between two systems", "over there 7"
urlpatterns: list[object] = []


def _key() -> str:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    form = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    return key.private_bytes(*form).decode()


def _configure(folder: Path) -> None:
    middleware = "sessions.middleware.Session", "auth.middleware.Authentication", "messages.middleware.Message"
    settings.configure(
        SECRET_KEY="the provider's own",
        ALLOWED_HOSTS=["*"],
        ROOT_URLCONF="__main__",
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": folder / "provider.sqlite3"}},
        INSTALLED_APPS=[
            *(f"django.contrib.{name}" for name in ("auth", "contenttypes", "sessions", "messages")),
            *("allauth", "allauth.account", "allauth.idp.oidc"),
        ],
        MIDDLEWARE=[
            *(f"django.contrib.{name}Middleware" for name in middleware),
            "django.middleware.csrf.CsrfViewMiddleware",
            "allauth.account.middleware.AccountMiddleware",
        ],
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "APP_DIRS": True,
                "OPTIONS": {
                    "context_processors": [
                        "django.template.context_processors.request",
                        "django.contrib.auth.context_processors.auth",
                        "django.contrib.messages.context_processors.messages",
                    ]
                },
            }
        ],
        AUTHENTICATION_BACKENDS=["django.contrib.auth.backends.ModelBackend"],
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        ACCOUNT_EMAIL_VERIFICATION="none",
        ACCOUNT_RATE_LIMITS=False,
        IDP_OIDC_PRIVATE_KEY=_key(),
        USE_TZ=True,
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    )


def _fill(redirect_uri: str) -> None:
    from allauth.idp.oidc.models import Client
    from django.contrib.auth.models import User
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    for name in ("00001234", "Stranger", "00007777"):
        User.objects.create_user(name, password=PASSWORD, first_name="Over", last_name="There")
    client = Client(id=CLIENT, name="Fenjin", redirect_uris=redirect_uri, scopes="openid\nprofile", skip_consent=True)
    client.set_secret(SECRET)
    client.save()


class _Threads(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, *arguments: object) -> None:
        pass


def main(folder: str, port: str, redirect_uri: str) -> None:
    """Serve until ended."""
    _configure(Path(folder))
    django.setup()
    from django.core.wsgi import get_wsgi_application
    from django.urls import include, path

    urlpatterns[:] = [path("accounts/", include("allauth.account.urls")), path("", include("allauth.idp.urls"))]
    _fill(redirect_uri)
    server = make_server("127.0.0.1", int(port), get_wsgi_application(), _Threads, _Quiet)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    server.serve_forever()


if __name__ == "__main__":
    main(*sys.argv[1:])

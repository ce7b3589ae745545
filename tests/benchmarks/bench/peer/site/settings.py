"""What `django-admin startproject` writes, with the settings that the peer's documentation asks for; no debugging."""

import os
from pathlib import Path

DEBUG = False
SECRET_KEY = "a key for the benchmark, long enough for Django's own checks 1234567890"
ALLOWED_HOSTS = ["127.0.0.1"]
INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "survey",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
TEMPLATES = [
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
]
_HOST, _PORT, _NAME = os.environ["PEER_DATABASE"].split(":")
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "HOST": _HOST,
        "PORT": _PORT,
        "NAME": _NAME,
        "USER": "postgres",
    }
}
LANGUAGE_CODE, TIME_ZONE, USE_TZ = "en", "UTC", True
STATIC_URL = "static/"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CHOICES_SEPARATOR = ","
USER_DID_NOT_ANSWER = "Left blank"
TEX_CONFIGURATION_FILE = Path("tex.conf")
SURVEY_DEFAULT_PIE_COLOR = "blue!50"
EXCEL_COMPATIBLE_CSV = True
DEFAULT_SURVEY_PUBLISHING_DURATION = 7

ROOT_URLCONF = "addresses"

"""Settings of the API: how it answers, what it takes, how it describes itself. `config.settings` takes them over."""

import environ
from django.utils.translation import gettext_lazy as _

env = environ.Env()

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "community.integrations.authentication.ApiKeyAuthentication",
        "community.integrations.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["community.integrations.scopes.HasScope"],
    "DEFAULT_THROTTLE_CLASSES": ["community.integrations.throttles.CallRate"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser", "rest_framework.parsers.MultiPartParser"],
    "DEFAULT_SCHEMA_CLASS": "community.rest.schema.Schema",
    "EXCEPTION_HANDLER": "config.errors.api_exception_handler",
    "UNAUTHENTICATED_USER": None,
    "URL_FORMAT_OVERRIDE": None,
}
API_ANSWER_ONCE = "community.integrations.idempotency.answer_once"
API_MAX_BODY = env.int("API_MAX_BODY", default=262_144)
# A picture of 8 MB with the form around it.
API_MAX_FILE_BODY = env.int("API_MAX_FILE_BODY", default=8 * 1024 * 1024 + 65_536)
SPECTACULAR_SETTINGS = {
    "TITLE": _("Porchlight API"),
    "DESCRIPTION": "Read and write the community from your own site and systems.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": r"/api/v1",
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_NAME_OVERRIDES": {
        "AudienceEnum": "community.members.models.Audience.choices",
        "KindEnum": "community.spaces.models.Kind.choices",
        "PostingEnum": "community.spaces.models.Posting.choices",
        "LevelEnum": "community.spaces.models.Level.choices",
        "PictureKindEnum": "community.writing.models.Kind.choices",
        "FieldKindEnum": "community.members.fields.models.FieldKind.choices",
        "NeedEnum": "rewards.intake.models.Need.choices",
    },
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "community.rest.schema.add_refusals",
    ],
}

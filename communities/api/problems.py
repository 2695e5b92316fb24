"""What goes wrong, as `application/problem+json` (RFC 9457) with a message for each field."""

from http import HTTPStatus

from django.core.exceptions import NON_FIELD_ERRORS
from django.core.exceptions import ValidationError as Invalid
from django.db import IntegrityError
from django.utils.translation import gettext as _
from rest_framework import exceptions, status
from rest_framework.response import Response
from rest_framework.views import exception_handler

PROBLEM_TYPE = "application/problem+json"


class Conflict(exceptions.APIException):
    """The request is in order, and can't be done as things stand."""

    status_code = status.HTTP_409_CONFLICT


class Changed(exceptions.APIException):
    """What is to be changed is no longer what was seen; `current`: the document as it stands."""

    status_code = status.HTTP_412_PRECONDITION_FAILED

    def __init__(self, current):
        super().__init__(_("This was changed meanwhile. Nothing of yours was saved."))
        self.current = current


class SayWhatYouSaw(exceptions.APIException):
    status_code = status.HTTP_428_PRECONDITION_REQUIRED

    def __init__(self):
        super().__init__(
            _("Send the ETag of what you change as If-Match, so that nobody's words are lost.")
        )


class Later(exceptions.APIException):
    """Figures can't be said now; `wait`: seconds."""

    status_code = status.HTTP_503_SERVICE_UNAVAILABLE

    def __init__(self, detail, wait):
        super().__init__(detail)
        self.wait = wait


def problem(error, context):
    """DRF's handler, with its answer as a problem."""
    if isinstance(error, IntegrityError):
        error = Conflict(_("Somebody else did something at the same moment. Look, and try again."))
    if isinstance(error, Invalid):
        error = exceptions.ValidationError(faults_of(error))
    answer = exception_handler(error, context)
    if answer is None:
        return None
    headers = {name: answer[name] for name in ("WWW-Authenticate", "Retry-After") if name in answer}
    return as_problem(
        answer.status_code, answer.data, headers, current=getattr(error, "current", None)
    )


def as_problem(code, data, headers=None, **more):
    """`data`: DRF's: a detail, or the faults by field."""
    document = {"type": "about:blank", "title": HTTPStatus(code).phrase, "status": code}
    faults = {} if isinstance(data, dict) and set(data) == {"detail"} else dict(flat(data))
    if faults:
        document["detail"] = " ".join(faults.pop("", [])) or _("Some of it needs another look.")
        document["errors"] = faults
    else:
        document["detail"] = str(data["detail"])
    document |= {name: value for name, value in more.items() if value is not None}
    return Response(document, status=code, headers=headers, content_type=PROBLEM_TYPE)


def faults_of(error):
    """An action's refusal as DRF has them: by field, or of the whole."""
    if not hasattr(error, "error_dict"):
        return {"": error.messages}
    faults = error.message_dict
    return {("" if name == NON_FIELD_ERRORS else name): words for name, words in faults.items()}


def flat(faults, path=""):
    """("steps.2.cycle", [sentences]) of nested faults; the whole is "", places count from 0."""
    if isinstance(faults, dict):
        for name, inner in faults.items():
            inner_path = "" if name in {"non_field_errors", NON_FIELD_ERRORS, ""} else str(name)
            yield from flat(inner, ".".join(filter(None, [path, inner_path])))
    elif isinstance(faults, list) and any(isinstance(one, dict | list) for one in faults):
        for place, inner in enumerate(faults):
            if inner:
                yield from flat(inner, ".".join(filter(None, [path, str(place)])))
    else:
        yield path, [str(one) for one in (faults if isinstance(faults, list) else [faults])]

"""The description of the API holds: whatever it allows, and more, is answered as it says."""

import logging

import pytest
import requests
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode, Response, checks
from schemathesis.openapi import from_dict
from schemathesis.transport.requests import REQUESTS_TRANSPORT

from communities.actions import make_token
from communities.api.describing import schema

from .test_access import OF_API, things, users  # noqa: F401

pytestmark = pytest.mark.django_db
CHECKS = [
    checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
]
OPERATIONS = {
    one.label.replace("/api/v1", ""): one
    for one in (found.ok() for found in from_dict(schema()).get_all_operations())
}
EXAMPLES = 5
SENT = ("params", "headers", "json", "data")
ASKED = {"Accept", "If-Match", "Idempotency-Key"}


@pytest.fixture
def asking(cast, users, things):  # noqa: F811
    """Each role's headers; and what stands in the addresses of what is there."""
    logging.disable(logging.ERROR)
    headers = {"anonymous": {}}
    for role, user in users.items():
        if user:
            _token, secret = make_token(user=user, name=role, scope="facilitate")
            headers[role] = {"Authorization": f"Bearer {secret}"}
    yield headers, {"slug": cast.community.slug, "code": things["indicator"].code}, things
    logging.disable(logging.NOTSET)


def id_of(path, things):  # noqa: F811
    """The number of the row that an address of this operation is of."""
    kind = path.split("{id}")[0].rstrip("/").split("/")[-1].removesuffix("s")
    thing = things.get(OF_API.get(kind, kind))
    return thing.pk if thing else 1


def ask(case, headers):
    """By Django's own client: the database is the test's."""
    sent = REQUESTS_TRANSPORT.serialize_case(case, base_url="http://testserver")
    request = requests.Request(
        sent["method"], sent["url"], **{name: sent.get(name) for name in SENT}
    ).prepare()
    answer = Client().generic(
        request.method,
        request.path_url,
        request.body or b"",
        content_type=request.headers.get("Content-Type", ""),
        headers={name: value for name, value in request.headers.items() if name in ASKED} | headers,
    )
    headers = {name: [value] for name, value in answer.headers.items()}
    return Response(answer.status_code, headers, answer.content, request, elapsed=0, verify=False)


@pytest.mark.parametrize("label", OPERATIONS)
def test_every_answer_is_as_described(asking, label):
    headers, known, things = asking  # noqa: F811
    operation = OPERATIONS[label]
    known = known | {"id": id_of(operation.path, things)}
    modes = [operation.as_strategy(mode) for mode in GenerationMode]

    @given(case=st.one_of(*modes))
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    def check(case):
        case.path_parameters = {name: known[name] for name in case.path_parameters or {}}
        for role in headers:
            with transaction.atomic():
                answer = ask(case, headers[role])
                transaction.set_rollback(True)
            case.validate_response(answer, checks=CHECKS)

    check()

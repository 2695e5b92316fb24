"""script/manage: a Django command on the running demo, or on the servers that are configured."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line

from . import ROOT, Refusal, plain_words
from .folder import DEFAULT, DataFolder
from .servers import SHARED, named, refuse_unless_database_answers


def main(name, arguments):
    with plain_words():
        take_environment()
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "valuecreation.settings")
    try:
        execute_from_command_line(["script/manage", *arguments])
    except ImproperlyConfigured as error:
        raise Refusal(str(error)) from None


def take_environment():
    """The running demo's, unless the environment names a database of its own."""
    path = os.environ.get("VC_DATA") or DEFAULT
    given = named("DATABASE_URL")
    running = DataFolder(path).running()
    if running and given in ("", running["environment"]["DATABASE_URL"]):
        for name in SHARED:
            os.environ.pop(name, None)
        os.environ.update(running["environment"])
    elif given:
        refuse_unless_database_answers(given)
    else:
        raise Refusal(
            f"No demo runs on the data in {path}, and DATABASE_URL is not set. Start script/demo, "
            "name its data folder in VC_DATA, or set DATABASE_URL and what else the settings need."
        )

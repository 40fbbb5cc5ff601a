"""What the page for brands says about verifying is run as it stands there, against a message that was really sent."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from community.integrations.webhooks.actions import renew_secret, send_test
from tests.community.integrations.webhooks.receiver import Receiver

pytestmark = pytest.mark.django_db
PAGE = (Path(__file__).resolve().parents[4] / "docs/webhooks.md").read_text("utf-8")
PYTHON = """
import json, sys
given = json.load(sys.stdin)
for body in given["bodies"]:
    print(is_ours(given["secret"], given["headers"], body.encode()))
"""
NODE = """
const given = JSON.parse(require("node:fs").readFileSync(0, "utf8"));
for (const body of given.bodies) console.log(isOurs(given.secret, given.headers, Buffer.from(body)) ? "True" : "False");
"""


def example(language: str) -> str:
    found = re.search(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)
    assert found is not None
    return found[1]


def verdicts(
    command: list[str], code: str, secret: str, headers: dict[str, str], bodies: list[str]
) -> list[str]:
    given = json.dumps({"secret": secret, "headers": headers, "bodies": bodies})
    ran = subprocess.run(
        [*command, code], input=given, capture_output=True, text=True, check=True, timeout=60
    )
    return ran.stdout.split()


@pytest.mark.parametrize("language", ["python", "js"])
def test_the_example_knows_what_is_ours(
    language: str, endpoint: Any, manager: Any, receiver: Receiver, send: Any
) -> None:
    if language == "js" and shutil.which("node") is None:
        pytest.skip("there is no node here")
    command = [sys.executable, "-c"] if language == "python" else ["node", "-e"]
    code = example(language) + (PYTHON if language == "python" else NODE)
    new = renew_secret(actor=manager, endpoint=endpoint)
    send_test(actor=manager, endpoint=endpoint)
    send()
    headers, body = receiver.heard[-1]
    bodies = [body.decode(), body.decode() + " "]

    assert verdicts(command, code, new, headers, bodies) == ["True", "False"]
    assert verdicts(command, code, endpoint.shown, headers, bodies) == ["True", "False"]
    old = {**headers, "webhook-timestamp": str(int(headers["webhook-timestamp"]) - 301)}
    assert verdicts(command, code, new, old, bodies) == ["False", "False"]
    assert verdicts(command, code, "whsec_" + "A" * 44, headers, bodies) == ["False", "False"]

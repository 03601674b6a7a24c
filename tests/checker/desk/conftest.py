"""A desk that really runs, spoken to by plain HTTP and by a real browser."""

from __future__ import annotations

import http.client
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from questionnaire.reading import close_workers
from tests.conftest import ROOT

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-sync",
)  # fmt: skip
COMMAND = [sys.executable, "-c", "from checker.cli import run; run()", "desk", "--no-browser"]


@dataclass
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    text: str


@dataclass
class Running:
    """A desk in a process of its own."""

    process: subprocess.Popen[str]
    address: str  # with the token
    headers: dict[str, str] = field(default_factory=dict)  # what a page of its own would send

    @property
    def origin(self) -> str:
        return self.address.partition("/?")[0]

    @property
    def port(self) -> int:
        port = urlsplit(self.address).port
        assert port is not None
        return port

    def ask(
        self, method: str, path: str, body: bytes | None = None, headers: dict[str, str] | None = None
    ) -> Answer:
        """One request by a client that sends just these headers."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request(method, path, body, self.headers if headers is None else headers)
        response = connection.getresponse()
        text = response.read().decode("utf-8", "replace")
        connection.close()
        return Answer(response.status, {name.lower(): value for name, value in response.getheaders()}, text)

    def enter(self) -> None:
        """The token for the cookie; from then on ``headers`` are those of a page of the desk."""
        answer = self.ask("GET", self.address.removeprefix(self.origin), headers={})
        cookie = answer.headers["set-cookie"].partition(";")[0]
        self.headers = {"Cookie": cookie}
        page = self.ask("GET", "/")
        secret = re.search(r'name="csrf" content="([^"]+)"', page.text)
        assert secret is not None
        self.headers |= {"X-CSRF-Token": secret[1], "Origin": self.origin, "HX-Request": "true"}

    def send(self, path: str, name: str, content: bytes) -> Answer:
        """A file sent as the page's form would."""
        head = f'--b\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
        body = head.encode() + content + b"\r\n--b--\r\n"
        kind = {"Content-Type": "multipart/form-data; boundary=b"}
        return self.ask("POST", path, body, self.headers | kind)


@contextmanager
def running(folder: Path, *arguments: object, command: Sequence[str] = COMMAND) -> Iterator[Running]:
    """Starts a desk whose temporary files lie in a folder; ends it as the system would."""
    environment = os.environ | {"TMPDIR": str(folder), "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(
        [*command, *map(str, arguments)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        encoding="utf-8", env=environment,
    )  # fmt: skip
    with process:
        assert process.stdout is not None
        try:
            yield Running(process, process.stdout.readline().strip())
        finally:
            process.terminate()
            process.communicate(timeout=60)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A desk that has been entered by plain HTTP."""
    with running(tmp_path_factory.mktemp("desk")) as found:
        found.enter()
        yield found


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """The machine's own Chromium."""
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine")
    expect.set_options(timeout=20_000)  # a loaded machine is no mistake of ours
    with sync_playwright() as play:
        found = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield found
        found.close()
        close_workers()  # forked here, they would hold the pipe whose end Playwright's driver waits for


@pytest.fixture(scope="package")
def shown(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """A page that has entered a desk by its address; whatever its console says is a mistake of ours."""
    with running(tmp_path_factory.mktemp("shown")) as desk:
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        complaints: list[str] = []
        page.set_default_timeout(20_000)
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("dialog", lambda dialog: dialog.accept())  # leaving a page with mends that are not saved
        page.goto(desk.address)
        yield page
        page.close()
        # that a request was answered by a refusal is written there by the browser itself
        assert [each for each in complaints if "status of 4" not in each] == []


@pytest.fixture
def page(shown: Page) -> Page:
    """The first page of the desk."""
    shown.goto("/".join(shown.url.split("/")[:3]) + "/")
    return shown

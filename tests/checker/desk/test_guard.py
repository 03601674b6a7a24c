"""Who is let in: one token once, one cookie, our own host and pages, files within limits."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from checker.desk.uploads import LONGEST, shown_name
from tests.checker.desk.conftest import COMMAND, Running, running
from tests.conftest import ROOT

SAMPLES = ROOT / "samples"


def test_the_token_opens_once(tmp_path: Path) -> None:
    with running(tmp_path) as desk:
        path = desk.address.removeprefix(desk.origin)
        assert desk.ask("GET", "/", headers={}).status == 403
        wrong = desk.ask("GET", "/?token=falsch", headers={})
        assert wrong.status == 403
        assert "口令不对" in wrong.text
        first = desk.ask("GET", path, headers={})
        assert (first.status, first.headers["location"]) == (303, "/")
        cookie = first.headers["set-cookie"]
        assert "HttpOnly" in cookie
        assert "SameSite=strict" in cookie
        assert desk.ask("GET", path, headers={}).status == 403
        assert desk.ask("GET", path, headers={"Cookie": cookie.partition(";")[0]}).status == 303


def test_strangers_learn_no_secret(desk: Running) -> None:
    answer = desk.ask("GET", "/", headers={})
    assert desk.headers["X-CSRF-Token"] not in answer.text
    assert "csrf" not in answer.text


@pytest.mark.parametrize(
    ("change", "status", "said"),
    [
        ({"Host": "evil.example"}, 421, "127.0.0.1"),
        ({"Host": "localhost:{port}"}, 421, "127.0.0.1"),
        ({"Origin": "http://evil.example"}, 403, "别的网页"),
        ({"Origin": "null"}, 403, "别的网页"),
        ({"Origin": "http://127.0.0.1:1"}, 403, "别的网页"),
        ({"Cookie": "esgcheck-{port}=x"}, 403, "没有打开过"),
        ({"X-CSRF-Token": "x"}, 403, "不是从本程序"),
        ({"X-CSRF-Token": ""}, 403, "不是从本程序"),
    ],
)
def test_other_hosts_pages_and_secrets_are_refused(
    desk: Running, change: dict[str, str], status: int, said: str
) -> None:
    headers = desk.headers | {name: value.format(port=desk.port) for name, value in change.items()}
    answer = desk.ask("POST", "/language/en", headers=headers)
    assert answer.status == status
    assert said in answer.text
    assert 'lang="zh-CN"' in desk.ask("GET", "/").text


def test_nothing_that_changes_is_done_by_get(desk: Running) -> None:
    for path in ("/stop", "/language/en", "/returns"):
        assert desk.ask("GET", path).status == 405


def test_every_answer_is_guarded(desk: Running) -> None:
    for path in ("/", "/gibt-es-nicht", "/static/desk.css", "/static/..%2fapp.py"):
        headers = desk.ask("GET", path).headers
        assert "script-src 'self'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    "path", ["/static/..%2fapp.py", "/static/%2fetc%2fpasswd", "/returns/..%2f..%2fetc", "/returns/x"]
)
def test_no_path_leads_out(desk: Running, path: str) -> None:
    answer = desk.ask("GET", path)
    assert answer.status == 404
    assert "没有这个网页" in answer.text


def test_an_upload_beyond_the_limit_is_told(desk: Running) -> None:
    answer = desk.send("/returns", "大.xlsx", bytes(100_000_000))
    assert answer.status == 413
    assert "64 MB" in answer.text


def test_more_than_announced_is_not_taken(desk: Running) -> None:
    """Without a length, in pieces: cut off at the limit."""
    head = "".join(f"{name}: {value}\r\n" for name, value in desk.headers.items())
    with socket.create_connection(("127.0.0.1", desk.port), timeout=60) as line:
        line.sendall(
            f"POST /returns HTTP/1.1\r\nHost: 127.0.0.1:{desk.port}\r\n{head}Transfer-Encoding: chunked\r\n"
            "Content-Type: multipart/form-data; boundary=b\r\n\r\n".encode()
        )
        start = b'--b\r\nContent-Disposition: form-data; name="file"; filename="x"\r\n\r\n'
        line.sendall(f"{len(start):x}\r\n".encode() + start + b"\r\n")
        piece = b"100000\r\n" + bytes(0x100000) + b"\r\n"
        try:
            for _ in range(70):
                line.sendall(piece)
            answer = line.recv(65_536)
        except ConnectionError:
            return  # closed in the middle: not taken either
    assert b"413" in answer.partition(b"\r\n")[0]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("不是工作簿.xlsx", b"\x00\x01\x02", "不是工作簿.xlsx"),
        ("空.xlsx", b"", "文件是空的"),
        ("旧.doc", bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600), "旧.doc"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_sentence(
    desk: Running, name: str, content: bytes, said: str
) -> None:
    answer = desk.send("/returns", name, content)
    assert answer.status == 422
    assert said in answer.text
    assert "Traceback" not in answer.text


def test_a_form_without_a_file(desk: Running) -> None:
    assert "没有选择文件" in desk.send("/returns", "", b"").text
    broken = desk.ask("POST", "/returns", b"x", desk.headers | {"Content-Type": "multipart/form-data"})
    assert broken.status == 400


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("..\\..\\windows\\填报.xlsx", "填报.xlsx"),
        ("/", "_"),
        ("..", "_"),
        ("a\x00b\n.xlsx", "a\\x00b\\x0a.xlsx"),
        ("<script>.xlsx", "_script_.xlsx"),
        ("con:1|2?.xlsx", "con_1_2_.xlsx"),
        ("\u202ecod.xlsx", "\\u202ecod.xlsx"),
    ],
)
def test_names_are_words_only(given: str, shown: str) -> None:
    assert shown_name(given) == shown


def test_a_long_name_keeps_its_suffix() -> None:
    assert len(shown_name("长" * 5000 + ".xlsx")) <= LONGEST
    assert shown_name("长" * 5000 + ".xlsx").endswith("….xlsx")
    assert len(shown_name("长" * 5000)) <= LONGEST + 1


def test_one_line_on_stdout_and_nothing_left(tmp_path: Path) -> None:
    for number in (signal.SIGTERM, signal.SIGINT):
        with running(tmp_path) as desk:
            desk.enter()
            desk.send("/returns", "填报.xlsx", (SAMPLES / "good.xlsx").read_bytes())
            assert list(tmp_path.iterdir())
            desk.process.send_signal(number)
            out, err = desk.process.communicate(timeout=60)
        assert (desk.process.returncode, out) == (0, "")
        assert "临时文件已清除" in err
        assert "Traceback" not in err
        assert not list(tmp_path.iterdir())


def test_the_page_stops_the_program(tmp_path: Path) -> None:
    with running(tmp_path) as desk:
        desk.enter()
        assert "程序已停止" in desk.ask("POST", "/stop").text
        assert desk.process.wait(timeout=60) == 0


def test_it_stops_when_nobody_is_there(tmp_path: Path) -> None:
    script = (
        "from checker.desk.server import serve\nfrom questionnaire.editions import Editions\n"
        "serve(Editions(), print, idle=1.0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, check=False, text=True, timeout=60
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "?token=" in done.stdout


def test_a_taken_port_and_a_missing_folder_are_sentences(desk: Running, tmp_path: Path) -> None:
    for arguments, said in (
        (["--port", str(desk.port)], "已被占用"),
        (["--folder", str(tmp_path / "x")], "没有这个文件夹"),
    ):
        done = subprocess.run(
            [*COMMAND, *arguments], cwd=ROOT, capture_output=True, check=False, encoding="utf-8", timeout=60
        )
        assert done.returncode == 2
        assert said in done.stderr
        assert done.stdout == ""


def test_without_the_extra_it_says_how_to_get_it() -> None:
    script = (
        "import sys; sys.modules['uvicorn'] = None\n"
        "from checker.cli import main; sys.exit(main(['desk', '--no-browser']))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        capture_output=True,
        check=False,
        encoding="utf-8",
        timeout=60,
    )
    assert done.returncode == 2
    assert "esgcheck[desk]" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_folder_is_read_and_copies_lie_beside_their_originals(tmp_path: Path) -> None:
    """Twice saved, twice kept; the original stays; nothing but a listed file can be asked for."""
    folder, room = tmp_path / "填报", tmp_path / "room"
    folder.mkdir()
    room.mkdir()
    path = folder / "<b>一.xlsx"
    path.write_bytes((SAMPLES / "good.xlsx").read_bytes())
    before = path.read_bytes()
    with running(room, "--folder", folder) as desk:
        desk.enter()
        key = re.search(r'hx-post="/folder/(\w+)"', desk.ask("GET", "/").text)
        assert key is not None
        assert "<b>一" not in desk.ask("GET", "/").text
        assert desk.ask("POST", "/folder/..%2fx").status == 404
        assert desk.ask("POST", "/folder/x").status == 404
        at = desk.ask("POST", f"/folder/{key[1]}").headers["hx-redirect"]
        form = desk.headers | {"Content-Type": "application/x-www-form-urlencoded"}
        assert desk.ask("POST", f"{at}/items/P1.S1.I1", "answer=新写的答案。".encode(), form).status == 200
        assert "（已修改）.xlsx" in desk.ask("POST", f"{at}/keep").text
        assert "（已修改）2.xlsx" in desk.ask("POST", f"{at}/keep").text
    assert path.read_bytes() == before
    assert {each.name for each in folder.iterdir()} == {
        "<b>一.xlsx", "<b>一（已修改）.xlsx", "<b>一（已修改）2.xlsx"
    }  # fmt: skip

"""Runs the desk on this machine's own address until it is told to stop or nobody has been there for long."""

from __future__ import annotations

import socket
import threading
import webbrowser
from collections.abc import Callable
from pathlib import Path
from types import FrameType

import uvicorn

from checker.desk.app import build_app
from checker.desk.state import HOST, IDLE, Desk
from checker.wording import Language
from frameworks.ground.errors import InputError
from questionnaire.editions import Editions
from questionnaire.reading import close_workers

GRACE = 3  # seconds that open requests get when the desk stops
SECOND = 10  # ticks of uvicorn's loop


class _Server(uvicorn.Server):
    """Says when it is ready, and stops by itself."""

    def __init__(self, config: uvicorn.Config, desk: Desk, ready: Callable[[str], None]) -> None:
        super().__init__(config)
        self.desk, self.ready = desk, ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Opens the door."""
        await super().startup(sockets)
        if self.started:
            self.ready(f"{self.desk.origin}/?token={self.desk.token}")

    async def on_tick(self, counter: int) -> bool:
        """Ten times a second: whether to stop."""
        stop = await super().on_tick(counter)
        if counter % SECOND == 0:
            self.desk.attendance.tick(1.0)
        return bool(stop) or self.desk.stopping or self.desk.attendance.nobody

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Ctrl-C and SIGTERM end the desk as it is meant to end."""
        self.force_exit = self.should_exit
        self.should_exit = True


def serve(
    editions: Editions,
    ready: Callable[[str], None],
    *,
    port: int = 0,
    language: Language = Language.ZH,
    folder: Path | None = None,
    idle: float = IDLE,
) -> None:
    """Serves until stopped; then nothing is left: no process, no temporary file.

    Args:
        editions: by which returns are judged.
        ready: is given the address with its token when pages can be asked for.
        port: 0 for a free one.
        language: of the pages at first.
        folder: where the user wants to keep things; None for nowhere.
        idle: seconds without a page after which it stops.

    Raises:
        InputError: the port is taken, or the folder is none.
    """
    if folder is not None and not folder.is_dir():
        raise InputError("desk-no-folder", file=str(folder))
    listener = _listen(port)
    desk = Desk(listener.getsockname()[1], editions, language, folder.resolve() if folder else None, idle)
    config = uvicorn.Config(
        build_app(desk), log_config=None, log_level="critical", access_log=False, lifespan="off", ws="none",
        http="h11", loop="asyncio", server_header=False, proxy_headers=False, timeout_graceful_shutdown=GRACE,
    )  # fmt: skip
    try:
        _Server(config, desk, ready).run([listener])
    finally:
        listener.close()
        desk.close()
        close_workers()


def open_browser(address: str) -> None:
    """Shows the address in the user's browser, where there is one; a browser of the console would not return."""
    threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()


def _listen(port: int) -> socket.socket:
    try:
        return socket.create_server((HOST, port))
    except OSError as error:
        raise InputError("desk-port-taken", port=port) from error

"""The real server on a database of its own, with the demo: for the journeys and the pictures."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def settings_on(data: str) -> dict[str, str]:
    """The environment of a demo that keeps its data there, whatever this process was started with."""
    settings = {**os.environ, "AVEC_DEMO": "1", "AVEC_DATA": data, "DJANGO_SETTINGS_MODULE": "avec.settings"}
    for name in ("DATABASE_URL", "AVEC_DEBUG", "DJANGO_ALLOW_ASYNC_UNSAFE"):
        settings.pop(name, None)
    return settings


@contextlib.contextmanager
def running(data: str = "") -> Iterator[str]:
    """Serve the demo, give its address, stop it and throw its data away."""
    port, data = free_port(), data or tempfile.mkdtemp(prefix="avec-journeys-")
    settings = settings_on(data)
    said = Path(data, "server.log")
    with said.open("w") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "avec.cli", "serve", "--port", str(port)],
            cwd=ROOT,
            env=settings,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            # The host name, not the number: passkeys and cookies are tied to it.
            address = f"http://localhost:{port}"
            wait_for(address, server, said)
            yield address
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(server.pid, signal.SIGTERM)
            try:
                server.wait(timeout=10)
            except subprocess.TimeoutExpired:
                os.killpg(server.pid, signal.SIGKILL)
            shutil.rmtree(data, ignore_errors=True)


def wait_for(address: str, server: subprocess.Popen[bytes], said: Path, seconds: float = 240) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if server.poll() is not None:
            break
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:  # noqa: S310 (our own address)
                if answer.status == 200:
                    return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    raise RuntimeError(f"the server does not answer:\n{said.read_text()[-3000:]}")

"""A process kept ready, that has read its libraries once and forks a child for each file.

The web process hands it one end of a socket; the child reads a question there, answers,
and goes. When the web process ends, whatever way, the other end closes and all of it
goes too. When the kept process ends, another is started; where none can be, `ask` says so.
"""

import atexit
import contextlib
import gc
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

LONGEST = 1024 * 1024  # an answer is a few kilobytes
HERE = Path(__file__).resolve().parents[2]


def command(*words: str) -> list[str]:
    return [sys.executable, "-m", "avec.documents.sandbox", *words]


class Kept:
    """The process and our end of the line to it; started at the first question."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.process: subprocess.Popen[bytes] | None = None
        self.line: socket.socket | None = None

    def hand_over(self, end: socket.socket) -> None:
        """Give it this end of a socket, starting it if it must be. OSError when it cannot be reached."""
        with self.lock:
            if not self.is_there():
                self.stop()
                self.start()
            assert self.line
            socket.send_fds(self.line, [b"."], [end.fileno()])

    def start(self) -> None:
        self.line, theirs = socket.socketpair()
        with theirs:
            self.process = subprocess.Popen(  # noqa: S603 (our own words)
                command("kept"),
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,  # a Ctrl-C is for us: it goes when we do
                env={},
                cwd=HERE,
            )

    def is_there(self, patience: float = 0) -> bool:
        process = self.process  # another thread may start another one meanwhile
        if process is None:
            return False
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(patience)
        return process.returncode is None

    def stop(self) -> None:
        if self.line is not None:
            self.line.close()
        if self.process is not None:
            try:
                self.process.wait(1)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self.line = self.process = None


ready = Kept()
atexit.register(ready.stop)


def ask(question: bytes, *, seconds: float) -> bytes | None:
    """The child's answer; empty when it was stopped; None when there is nobody to ask."""
    if not hasattr(socket, "send_fds") or not hasattr(os, "fork"):
        return None
    ours, theirs = socket.socketpair()
    with ours:
        with theirs:
            try:
                ready.hand_over(theirs)
            except OSError:
                return None
        answer = exchanged(ours, question, time.monotonic() + seconds)
    # Nothing came: was it the file, or did the whole process go?
    return answer if answer or ready.is_there(patience=0.1) else None


def exchanged(wire: socket.socket, question: bytes, until: float) -> bytes:
    answer = b""
    try:
        wire.settimeout(max(0.1, until - time.monotonic()))
        wire.sendall(question)
        wire.shutdown(socket.SHUT_WR)
        while len(answer) < LONGEST:
            wire.settimeout(max(0.1, until - time.monotonic()))
            if not (part := wire.recv(65536)):
                return answer
            answer += part
    except OSError:
        pass
    return b""


# ── In the kept process ─────────────────────────────────────────────────────


def keep(answered: Callable[[bytes], bytes], *, seconds: int) -> None:
    """Fork a child for each end that is handed over, until nobody holds the line any more."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the system buries the children
    gc.collect()
    gc.freeze()
    line = socket.socket(fileno=0)
    while True:
        word, ends, _flags, _address = socket.recv_fds(line, 1, 1)
        if not word:
            return
        for end in ends:
            if os.fork() == 0:
                serve(end, line, answered, seconds)
            os.close(end)


def serve(end: int, line: socket.socket, answered: Callable[[bytes], bytes], seconds: int) -> None:
    """In the child: one question, one answer, and out, whatever happens."""
    try:
        signal.alarm(seconds)
        line.close()
        with socket.socket(fileno=end) as wire, wire.makefile("rwb") as file:
            file.write(answered(file.read()))
            file.flush()
    finally:
        os._exit(0)

"""Fifty hands at the same second, each with a connection of its own, on either database."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import close_old_connections, connection

from avec.contracts.rules import SigningRefused
from avec.negotiation.tests.test_concurrency import administer


@contextmanager
def shared_copy(folder: Path) -> Iterator[None]:
    """A copy of the suite's database, where each thread really commits; it is thrown away afterwards.

    What is signed is never deleted: the suite's own database could not be emptied again.
    """
    given = connection.settings_dict
    name = given["NAME"]
    # The suite makes its database for the modules that say they need one (`django_db`): never copy another.
    assert "test" in str(name) or "memory" in str(name), "this is not the suite's own database"
    if connection.vendor == "postgresql":
        own = f"{name}_threads"
        connection.close()
        administer(
            f'DROP DATABASE IF EXISTS "{own}" WITH (FORCE)', f'CREATE DATABASE "{own}" TEMPLATE "{name}"'
        )
        given["NAME"] = own
        try:
            yield
        finally:
            connection.close()
            given["NAME"] = name
            administer(f'DROP DATABASE "{own}" WITH (FORCE)')
        return
    own = str(folder / "threads.sqlite3")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [own])
    # The suite's own database lives in memory, as long as its connection does.
    suite, connection.connection = connection.connection, None
    given["NAME"] = own
    try:
        yield
    finally:
        connection.close()
        given["NAME"] = name
        connection.connection = suite


def at_once(*deeds: Callable[[], Any]) -> list[Any]:
    """Each in its thread, all let go at the same time: what they gave, or how they were refused."""
    start = threading.Barrier(len(deeds))
    given: list[Any] = [None] * len(deeds)

    def one(place: int, deed: Callable[[], Any]) -> None:
        close_old_connections()
        try:
            start.wait(timeout=30)
            given[place] = deed()
        except SigningRefused as refusal:
            given[place] = refusal
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=pair) for pair in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    assert None not in given, "somebody was neither kept nor refused"
    return given

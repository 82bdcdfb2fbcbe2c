from typing import Any


class OutOfDate(Exception):
    """Somebody else saved in the meantime. Both texts are shown; nothing is lost."""

    def __init__(self, current: Any) -> None:
        super().__init__()
        self.current = current

"""What the server's own log may say of a card: nothing. A line has an hour, a card is worth an answer."""

import logging

PREFIX = "/b/"


class NoCards(logging.Filter):
    """Hide the token in the address of a card, wherever a line of the log holds one."""

    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.args, tuple):
            record.args = tuple(
                f"{PREFIX}…" if isinstance(one, str) and one.startswith(PREFIX) else one
                for one in record.args
            )
        return True

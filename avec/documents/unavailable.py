"""What cannot be had now, and may be had later. The message tells the administrator why, to be shown as it is."""


class SealUnavailable(Exception):
    """Nothing can be sealed now."""


class StampUnavailable(Exception):
    """No time stamp can be had now."""

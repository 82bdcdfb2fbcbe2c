"""Signing together on a device of the team: it goes round, and shows each one their own line only.

A moment for privacy comes first. Then each signatory says « C’est à moi », reads, chooses, and proves who they are
with their own password; or who holds the device answers for what they chose in front of them. The session stays
that of the host: it is lent, and opens nothing but these pages (middleware.py) until the host proves who they are.
What one typed waits in it between two pages, keyed by line, and goes as soon as another line, the list or the end
is asked for: nobody finds the words of the one before. Nor does the host, should the session end before a form is
sent: `restored=False` keeps it for nobody (accounts/restore.py), and who signs types again.
"""

from .cards import before, give_back, room
from .line import attest, choose, confirm

__all__ = ["attest", "before", "choose", "confirm", "give_back", "room"]

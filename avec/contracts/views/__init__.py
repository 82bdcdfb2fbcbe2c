from .copies import individual_pdf, pdf, verify
from .handing import hand_over, take_copy
from .history import history
from .paper import paper, scan
from .preparing import prepare
from .reading import negotiate, read
from .seals import seals
from .signing import sign

__all__ = [
    "hand_over",
    "history",
    "individual_pdf",
    "negotiate",
    "paper",
    "pdf",
    "prepare",
    "read",
    "scan",
    "seals",
    "sign",
    "take_copy",
    "verify",
]

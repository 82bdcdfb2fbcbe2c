from .copies import individual_pdf, pdf, verify
from .history import history
from .paper import paper, scan
from .preparing import prepare
from .reading import negotiate, read
from .signing import sign

__all__ = ["history", "individual_pdf", "negotiate", "paper", "pdf", "prepare", "read", "scan", "sign", "verify"]

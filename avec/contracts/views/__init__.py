from .copies import pdf, verify
from .paper import paper, scan
from .preparing import prepare
from .reading import history, negotiate, read
from .signing import sign

__all__ = ["history", "negotiate", "paper", "pdf", "prepare", "read", "scan", "sign", "verify"]

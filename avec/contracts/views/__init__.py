from .copies import pdf, verify
from .preparing import prepare
from .reading import history, negotiate, read
from .signing import sign

__all__ = ["history", "negotiate", "pdf", "prepare", "read", "sign", "verify"]

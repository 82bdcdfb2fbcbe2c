from .page import open_record

__all__ = ["open_record"]

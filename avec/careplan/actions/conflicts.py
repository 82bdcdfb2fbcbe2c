"""Two people write at once: the same refusal for every form of a record."""

from avec.people.clash import OutOfDate

__all__ = ["OutOfDate"]

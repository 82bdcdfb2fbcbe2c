"""Help with words while one writes: hints that never block, and beginnings of sentences.

A goal is worth what the person can recognise in it: said by them, one idea, with
something that anyone could see. The hints look at the words alone: they know
nobody, keep nothing, and propose wordings written here, never another person's
text. They are often right and sometimes wrong; the writer decides.
"""

from .easy import easy_hints
from .easy_hint import EasyHint, EasyKind
from .goals import Hint, HintKind, hints
from .openers import Kind, openers
from .report import EasyLine, EasyRead, EasyReport, EasySource, easy_report
from .telling import others_doing, told_simply

__all__ = [
    "EasyHint",
    "EasyKind",
    "EasyLine",
    "EasyRead",
    "EasyReport",
    "EasySource",
    "Hint",
    "HintKind",
    "Kind",
    "easy_hints",
    "easy_report",
    "hints",
    "openers",
    "others_doing",
    "told_simply",
]

"""Own space: the person, or somebody of their circle in their own voice. Easy reading throughout."""

from .contract import own_contract
from .goals import own_goal, own_goals
from .people import own_readers, own_team
from .saying import own_say
from .space import own_choose
from .start import own
from .words import own_said, own_share, own_withdraw

__all__ = [
    "own",
    "own_choose",
    "own_contract",
    "own_goal",
    "own_goals",
    "own_readers",
    "own_said",
    "own_say",
    "own_share",
    "own_team",
    "own_withdraw",
]

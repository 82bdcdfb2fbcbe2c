"""Own space: the person, or somebody of their circle in their own voice. Easy reading throughout."""

from .balance import own_balance
from .choosing import own_choose
from .coming import own_coming
from .contract import own_contract
from .goals import own_evaluate, own_goal, own_goals, own_position
from .helping import own_help
from .people import own_readers, own_team
from .saying import own_say, own_write
from .start import own
from .talking import own_talk, own_talks
from .words import own_said, own_share, own_withdraw

__all__ = [
    "own",
    "own_balance",
    "own_choose",
    "own_coming",
    "own_contract",
    "own_evaluate",
    "own_goal",
    "own_goals",
    "own_help",
    "own_position",
    "own_readers",
    "own_said",
    "own_say",
    "own_share",
    "own_talk",
    "own_talks",
    "own_team",
    "own_withdraw",
    "own_write",
]

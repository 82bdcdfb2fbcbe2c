"""What people do with a group's barometer. Refusals carry a sentence for the screen; nothing is written then."""

from .campaigns import Plan as Plan
from .campaigns import change_campaign as change_campaign
from .campaigns import discard_campaign as discard_campaign
from .campaigns import prepare_campaign as prepare_campaign
from .campaigns import widen_campaign as widen_campaign
from .comments import review_comment as review_comment
from .course import CampaignRefused as CampaignRefused
from .course import cancel_campaign as cancel_campaign
from .course import close_campaign as close_campaign
from .course import open_campaign as open_campaign
from .course import publish_campaign as publish_campaign
from .course import settle_campaign as settle_campaign
from .groups import GroupRefused as GroupRefused
from .groups import add_member as add_member
from .groups import archive_group as archive_group
from .groups import change_group as change_group
from .groups import let_lead as let_lead
from .groups import remove_member as remove_member
from .groups import start_group as start_group
from .pairs import agree_to_pair as agree_to_pair
from .pairs import ask_for_pair as ask_for_pair
from .pairs import decline_pair as decline_pair
from .pairs import end_pair as end_pair
from .pairs import own_card as own_card
from .paper import CardsRefused as CardsRefused
from .paper import give_cards as give_cards

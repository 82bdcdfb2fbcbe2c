"""What people do with a group's barometer. Refusals carry a sentence for the screen; nothing is written then."""

from .course import CampaignRefused as CampaignRefused
from .course import cancel_campaign as cancel_campaign
from .course import close_campaign as close_campaign
from .course import open_campaign as open_campaign
from .course import publish_campaign as publish_campaign
from .course import settle_campaign as settle_campaign

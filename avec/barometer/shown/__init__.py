"""What pages and files show of a campaign."""

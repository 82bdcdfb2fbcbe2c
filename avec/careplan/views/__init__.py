"""The forms of the care plan: what professionals write, each page under the person's own words."""

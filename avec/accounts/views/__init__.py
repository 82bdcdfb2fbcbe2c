"""The pages: one's own account, the invitation, the members of the establishment, the session."""

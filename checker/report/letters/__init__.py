"""Letters of the group office: what goes back to a company, and who is reminded to send."""

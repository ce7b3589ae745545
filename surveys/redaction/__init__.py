"""Takes names, addresses and numbers of people out of comments, and finds those that cannot be shown. Pure."""

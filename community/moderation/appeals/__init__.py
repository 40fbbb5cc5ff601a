"""Appeals: a member asks the team, once, to look again; somebody else than who decided does."""

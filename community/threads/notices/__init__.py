"""The notices that threads bring: which kinds there are, what they say, who hears."""

from community.threads.notices import caring, gathered, hearing, kinds, ordering, polls

__all__ = ["caring", "gathered", "hearing", "kinds", "ordering", "polls"]

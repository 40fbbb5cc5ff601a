"""The one conversation engine: threads, posts, reactions, accepted answers, bookmarks."""

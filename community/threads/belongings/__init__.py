"""What members wrote in threads, and what they marked there."""

from community.threads.belongings import marked, ordered, written

__all__ = ["marked", "ordered", "written"]

"""Copies that members asked for, erasures, and handles that lead to another account."""

from community.privacy.models.erasures import Erasure, ErasureState
from community.privacy.models.exports import Export, ExportState
from community.privacy.models.handles import FormerHandle

__all__ = ["Erasure", "ErasureState", "Export", "ExportState", "FormerHandle"]

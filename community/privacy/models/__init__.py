"""Copies that members asked for, erasures, handles that lead to another account, and what retention removed."""

from community.privacy.models.erasures import Erasure, ErasureState
from community.privacy.models.exports import Export, ExportState
from community.privacy.models.handles import FormerHandle
from community.privacy.models.retention import RetentionRun

__all__ = ["Erasure", "ErasureState", "Export", "ExportState", "FormerHandle", "RetentionRun"]

"""Who executes an activity: the words of a cell, cut into executors and understood."""

from msoko.core.roadmap.executors.kinds import Executor, Kind
from msoko.core.roadmap.executors.splitting import split

__all__ = ["Executor", "Kind", "split"]

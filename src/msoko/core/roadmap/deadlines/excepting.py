"""Windows without the days that are excepted."""

from collections.abc import Sequence
from dataclasses import replace

from msoko.core.roadmap.deadlines import remarks
from msoko.core.roadmap.deadlines.dating import Dated, window_of
from msoko.core.roadmap.deadlines.deadline import Kind, Window
from msoko.core.roadmap.deadlines.frame import Frame
from msoko.core.roadmap.deadlines.nodes import Except, Time, Years
from msoko.core.roadmap.deadlines.occurrences import occurrences
from msoko.core.roadmap.deadlines.spans import ONE_DAY


def without(dated: Dated, excepted: Sequence[Except], frame: Frame) -> Dated:
    """Windows that are excepted wholly are gone, others are shortened.

    Only what goes on all the time may have a gap; of another window it is not clear which part of it is due.
    """
    may_have_gaps = dated.kind is Kind.CONTINUOUS or remarks.EVERY_DAY in dated.remarks
    for one in excepted:
        gone = _windows(one, frame)
        rests = [_rest(window, gone) for window in dated.windows]
        if any(len(rest) > 1 for rest in rests) and not may_have_gaps:
            return replace(dated, windows=[], not_understood=[*dated.not_understood, one.text])
        left = [window for rest in rests for window in rest]
        told = [remarks.excepts_nothing(one.text)] if dated.windows == left else []
        dated = replace(dated, windows=left, remarks=[*dated.remarks, *told])
    return dated


def _windows(excepted: Except, frame: Frame) -> list[Window]:
    whole = replace(frame, bounds=(frame.period,))
    times = [one for one in excepted.parts if isinstance(one, Time)]
    named = [window_of(one, frame) for one in excepted.parts if isinstance(one, Years)]
    return [*named, *(one.window for one in occurrences(times, whole, repeated=False))]


def _rest(window: Window, gone: Sequence[Window]) -> list[Window]:
    """What of the window is left, in its parts."""
    left = [window]
    for one in gone:
        left = [part for whole in left for part in _parted(whole, one)]
    return left


def _parted(whole: Window, gone: Window) -> list[Window]:
    if gone.ends < whole.begins or whole.ends < gone.begins:
        return [whole]
    before = [Window(whole.begins, gone.begins - ONE_DAY)] if whole.begins < gone.begins else []
    behind = [Window(gone.ends + ONE_DAY, whole.ends)] if gone.ends < whole.ends else []
    return [*before, *behind]

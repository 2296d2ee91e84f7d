"""One page asked for many times by Django's test client: seconds on the clock and of the processor, queries."""

import time
from typing import Any


def timed_page(client: Any, address: str, requests: int) -> dict[str, Any]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        first = _seconds(client, address)
    queries = len(captured)
    times = [_seconds(client, address) for _ in range(requests)]
    return {
        "first": first[0],
        "times": [wall for wall, _ in times],
        "cpu": [cpu for _, cpu in times],
        "queries": queries,
    }


def _seconds(client: Any, address: str) -> tuple[float, float]:
    """On the clock and of the processor."""
    started, cpu = time.perf_counter(), time.process_time()
    answer = client.get(address)
    b"".join(answer) if answer.streaming else answer.content
    if answer.status_code != 200:
        raise RuntimeError(f"{address}: {answer.status_code}")
    return time.perf_counter() - started, time.process_time() - cpu

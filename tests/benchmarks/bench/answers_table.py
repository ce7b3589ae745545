"""Answers by HTTP, beside their limits."""

# How many times as many as the peer, the share of a bare view's, and the longest wait of 99 of 100 answers.
LEAST_GETS, LEAST_POSTS, LEAST_OF_BARE, MOST_SECONDS = 25, 15, 0.6, 0.25


def over(found):
    """Which limits are missed."""
    if found is None:
        return []
    reached = {
        "GET": found["get_times"] >= LEAST_GETS,
        "POST": found["post_times"] >= LEAST_POSTS,
        "bare view": found["post_of_bare"] >= LEAST_OF_BARE,
        "p99": found["p99_seconds"] <= MOST_SECONDS,
    }
    return [name for name, is_reached in reached.items() if not is_reached]


def lines(found):
    yield f"{'answers, requests a second':32}"
    for name, rate in found["rates"].items():
        yield f"  {name:30} {rate:8.1f}"
    yield f"GET  {found['get_times']:6.1f} x {found['peer']} (at least {LEAST_GETS})"
    yield f"POST {found['post_times']:6.1f} x {found['peer']} (at least {LEAST_POSTS})"
    yield f"POST {100 * found['post_of_bare']:6.0f} % of the bare view (at least {100 * LEAST_OF_BARE:.0f} %)"
    wait, most = 1000 * found["p99_seconds"], 1000 * MOST_SECONDS
    yield f"p99  {wait:6.0f} ms at {found['p99_at']:.0f} a second (at most {most:.0f} ms)"
    yield f"memory of a web process {found['megabytes']:.0f} MB, of the peer's {found['peer_megabytes']:.0f} MB"
    yield f"over in {', '.join(over(found))}" if over(found) else "all reached"

"""Limits that a child process sets itself before it opens what was sent from outside."""

import sys


def limit_this_process(megabytes: int, seconds: int) -> None:
    """Allow this process so much memory and processor time, and no picture of its memory."""
    if sys.platform == "win32":  # no resource limits there: the parent's time-out remains
        return
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (megabytes * 2**20,) * 2)
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

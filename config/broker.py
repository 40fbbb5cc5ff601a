"""How Celery speaks to the queue, shared by the worker, the web process that rings, and beat.

Redis is only a doorbell here: the job itself is a row in Postgres. So whoever rings must never wait for long, and a ring
may be lost. The numbers and their measurements are explained in docs/self-hosting.md.
"""

from typing import Any

from config.stack import environment

QUEUES = ("critical", "default", "bulk")

SHARED: dict[str, Any] = {
    "broker_connection_retry_on_startup": True,
    "broker_connection_timeout": 2,
    "task_default_queue": "default",
    # Each with an exchange and key of its own: queues that share the default ones all get a copy of every message.
    "task_queues": {name: {"exchange": name, "routing_key": name} for name in QUEUES},
    "task_ignore_result": True,
    "task_store_errors_even_if_ignored": False,
    "task_serializer": "json",
    "accept_content": ["json"],
    "result_serializer": "json",
    "enable_utc": True,
    "timezone": "UTC",
    # A lost ring is made up for by the sweep, so a page never waits for a queue that does not answer.
    "task_publish_retry": False,
    # Celery's own, which stops without waiting in vain. Asked for before a worker becomes patient.
    "worker_pool": "config.pool:TaskPool",
    "worker_hijack_root_logger": False,
    "worker_send_task_events": False,
    "task_send_sent_event": False,
}

WORKER_STATEMENT_TIMEOUT = "60s"
WORKER: dict[str, Any] = {
    "task_acks_late": True,
    "task_reject_on_worker_lost": True,
    "worker_prefetch_multiplier": 1,
    "task_soft_time_limit": 60,
    "task_time_limit": 90,
    "task_routes": {"*.bulk_*": {"queue": "bulk"}},
    "worker_cancel_long_running_tasks_on_connection_loss": True,
    "worker_soft_shutdown_timeout": 30,
    "worker_enable_soft_shutdown_on_idle": True,
    "worker_max_tasks_per_child": 500,
    "worker_max_memory_per_child": 300_000,
}


def settings(*, patient: bool) -> dict[str, Any]:
    """Celery's settings; a worker is patient with the queue, a page is not."""
    return {
        **SHARED,
        **(WORKER if patient else {"task_acks_late": True}),
        "broker_url": environment.broker_url(),
        "broker_transport_options": transport_options(patient=patient),
    }


def transport_options(*, patient: bool) -> dict[str, Any]:
    """Redis settings: messages of a killed worker come back after three minutes, looked for every five seconds."""
    return {
        "visibility_timeout": 180,
        "unacked_restore_interval": 5,
        "unacked_restore_throttle": 1,
        "socket_timeout": 10 if patient else 1,
        "socket_connect_timeout": 5 if patient else 1,
        "health_check_interval": 10,
        "socket_keepalive": True,
        "retry_on_timeout": patient,
        "max_retries": None if patient else 0,
    }

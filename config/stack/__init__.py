"""What runs underneath Porchlight: the database, the queue and the processes beside them.

Nothing in here imports Django. The supervisor and the keeper must start within a blink and stay small, and `doctor`
must be able to say what is wrong when Django itself cannot start.
"""

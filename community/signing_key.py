"""The key with which this community signs what it says about its members to other sites."""

import os
from pathlib import Path


def signing_key(path: Path) -> str:
    """Return the key in a file as PEM; made at the first start, readable by nobody else."""
    if not path.exists():
        from cryptography.hazmat.primitives import serialization
        from cryptography.hazmat.primitives.asymmetric import rsa

        pem = rsa.generate_private_key(public_exponent=65537, key_size=2048).private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.write(pem)
        except FileExistsError:
            # Another process of the same start was quicker.
            return path.read_text()
    return path.read_text()

"""One independent random stream for every entity, so that adding a school never changes another school's pupils."""

from __future__ import annotations

import hashlib

import numpy as np


def stream(seed: int, *entity: object) -> np.random.Generator:
    """The random stream of one entity, e.g. ``stream(7, "answers", "РУ4", 2025, 12)``.

    The words are hashed because Python's own ``hash`` of text differs from process to process.
    """
    digest = hashlib.blake2b("|".join(str(word) for word in entity).encode(), digest_size=16).digest()
    words = [int.from_bytes(digest[i : i + 4], "little") for i in range(0, 16, 4)]
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence([seed, *words])))

"""Orders of this room: receive, read, accept, discard, withdraw. Each is one transaction and leaves its trace."""

from msoko.web.collection.services.accepting import Refusal, accept
from msoko.web.collection.services.reading import TakenOver, read_received
from msoko.web.collection.services.uploading import receive, receive_path, reread
from msoko.web.collection.services.withdrawing import discard, withdraw

__all__ = [
    "Refusal",
    "TakenOver",
    "accept",
    "discard",
    "read_received",
    "receive",
    "receive_path",
    "reread",
    "withdraw",
]

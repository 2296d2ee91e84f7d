"""Orders of this room. Each is one transaction, leaves an entry in the audit and keeps the tree's paths right."""

from msoko.web.people.services.accounts import (
    DemoAccount,
    create_admin,
    create_demo_accounts,
    deactivate,
    end_membership,
    give_role,
    invite,
    reactivate,
    welcome_address,
)
from msoko.web.people.services.auditing import audit, audit_each
from msoko.web.people.services.register import import_register, preview_register
from msoko.web.people.services.register_report import RegisterReport
from msoko.web.people.services.schools import (
    Impossible,
    NewSchool,
    attach_key,
    attach_keys,
    close,
    correct,
    create_schools,
    describe,
    merge,
    place,
    place_many,
    rename,
    reopen,
)
from msoko.web.people.services.tree import ensure_territory, found_municipality, placeholder_municipality, root

__all__ = [
    "DemoAccount",
    "Impossible",
    "NewSchool",
    "RegisterReport",
    "attach_key",
    "attach_keys",
    "audit",
    "audit_each",
    "close",
    "correct",
    "create_admin",
    "create_demo_accounts",
    "create_schools",
    "deactivate",
    "describe",
    "end_membership",
    "ensure_territory",
    "found_municipality",
    "give_role",
    "import_register",
    "invite",
    "merge",
    "place",
    "place_many",
    "placeholder_municipality",
    "preview_register",
    "reactivate",
    "rename",
    "reopen",
    "root",
    "welcome_address",
]

"""Lists of e-mail domains, compared whole: a name that only ends like an allowed one is another name."""

import re

_NAME = re.compile(r"(?:\*\.)?(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}")


def domain_of(address: str) -> str:
    """Return the domain of an address as it is compared: in small letters and ASCII, empty when there is none."""
    _local, at, named = address.rpartition("@")
    domain = named.strip().rstrip(".").lower() if at else ""
    try:
        return domain.encode("idna").decode()
    except UnicodeError:
        return ""


def read_domains(text: str) -> tuple[list[str], list[str]]:
    """Return the names in a list of lines as they are compared, and the lines that are no names."""
    names: list[str] = []
    wrong: list[str] = []
    for line in text.splitlines():
        typed = line.strip().lstrip("@").lower()
        if not typed:
            continue
        star = typed.startswith("*.")
        plain = domain_of("@" + typed.removeprefix("*."))
        name = f"*.{plain}" if star else plain
        (names if _NAME.fullmatch(name) else wrong).append(name if _NAME.fullmatch(name) else line.strip())
    return list(dict.fromkeys(names)), wrong


def is_listed(domain: str, names: str) -> bool:
    """Return whether a domain is among the names of a list, itself or by `*.` a name below one."""
    return any(
        domain == name or (name.startswith("*.") and domain.endswith(name[1:]))
        for name in read_domains(names)[0]
    )


def may_join(address: str, *, allowed: str, blocked: str) -> bool:
    """Return whether an address may join by its domain. Of a name in both lists the refusal counts."""
    domain = domain_of(address)
    if not domain or is_listed(domain, blocked):
        return False
    return not allowed.strip() or is_listed(domain, allowed)

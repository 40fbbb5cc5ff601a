"""Who is here: accounts, profiles, roles, groups and the choices people made."""

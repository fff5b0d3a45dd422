"""Who is here: people, units, the reporting line, roles, sign-in and import."""

"""The doors: sign-in, invitations, sessions and the first hour."""

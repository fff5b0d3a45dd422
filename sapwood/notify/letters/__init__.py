"""Letters: notices by e-mail, at once or gathered; sent once, stopped without signing in."""

"""Reply by e-mail: letters that people send back, read, checked and put where they belong."""

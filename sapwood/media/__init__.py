"""Uploads: pictures and files, checked on the way in, served to those who may see them."""

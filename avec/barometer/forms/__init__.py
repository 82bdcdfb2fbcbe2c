"""The forms of the staff pages, one file for each part."""

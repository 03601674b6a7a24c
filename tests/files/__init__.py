"""Odd and hostile files, made at run time: nothing of the kind lies in the project."""

"""Faults that are planted to see whether a test catches them: the tests of the tests.

`planted.toml` holds the faults, `python -m tests.faults` plants each in a copy of the project.
"""

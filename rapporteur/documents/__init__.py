"""The Excel and Word files that leave the house."""

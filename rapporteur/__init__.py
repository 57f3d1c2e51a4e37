"""The dashboard of the national rapporteur on trafficking in human beings."""

"""What pages are made of: translations, filters, charts and components."""

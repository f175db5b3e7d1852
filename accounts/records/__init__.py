"""What staff read in the admin and nobody writes by hand: `readonly_admin.RecordViewSet` is its list, for every app."""

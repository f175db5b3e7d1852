"""The library as open data: what each row tells (`api.PracticeRowSerializer`) and how it is read (`records`)."""

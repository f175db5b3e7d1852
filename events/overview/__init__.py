"""The agenda as visitors narrow it: `agenda.Agenda` answers an address, as a list or as a month; and its page."""

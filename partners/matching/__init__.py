"""Who resembles an organisation and who works on a subject: `alike.alike` ranks by a sum of named parts (`parts`)."""

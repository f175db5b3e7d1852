"""Files of a consortium with versions: `checking` what comes, `uploading` in parts, `versions.add`; nothing is lost."""

"""What of monitoring stands in the admin's menu."""

"""What the program notes of itself for whoever looks for a fault: logs and crash reports, without anybody's secrets."""

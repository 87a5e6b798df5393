"""What an employer's coordinators and owners see and do."""

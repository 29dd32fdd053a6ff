"""The routes below ``/api/v1``, as the second hosted service that they stand in for has them."""

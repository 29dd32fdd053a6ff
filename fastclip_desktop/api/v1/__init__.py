"""The routes below ``/v1``, as the hosted service that they stand in for has them."""

"""Order logs: from rows in any form to lines, orders and customers, and the receipt."""

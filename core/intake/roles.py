"""What a column can stand for. The headers that mean it, in many languages, are in headers.toml."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Role:
    """A role: its name in ``--map``, what the page calls it, and whether several columns may share it."""

    slug: str
    label: str
    several: bool = False


ORDER_ROLES = (
    Role("order", "Order number"),
    Role("customer", "Customer"),
    Role("date", "Order date"),
    Role("time", "Time of day"),
    Role("time_zone", "Time zone"),
    Role("code", "Product code"),
    Role("product", "Product name"),
    Role("category", "Product category"),
    Role("quantity", "Quantity"),
    Role("price", "Price of one"),
    Role("amount", "Amount of the line"),
    Role("subtotal", "Goods of the order, before tax and shipping"),
    Role("total", "Total of the order"),
    Role("discount", "Discount"),
    Role("tax", "Tax"),
    Role("shipping", "Shipping"),
    Role("refund", "Amount refunded"),
    Role("status", "Status"),
    Role("currency", "Currency"),
    Role("country", "Country"),
    Role("channel", "Sales channel"),
)
CONTACT_ROLES = (
    Role("email", "E-mail"),
    Role("phone", "Telephone"),
    Role("name", "Name"),
    Role("first_name", "First name"),
    Role("last_name", "Last name"),
    Role("street", "Street"),
    Role("zip", "Postcode"),
    Role("city", "City"),
    Role("state", "State"),
    Role("consent", "Consent to marketing"),
)
# What a column of a customer table or a survey measures, where that can be told.
MEASURE_ROLES = (
    Role("birth_year", "Year of birth"),
    Role("age", "Age"),
    Role("gender", "Gender"),
    Role("education", "Education"),
    Role("marital", "Marital status"),
    Role("income", "Income"),
    Role("children", "Children at home", several=True),
    Role("signup", "Customer since"),
    Role("recency", "Days since last purchase"),
    Role("spend", "Spend", several=True),
    Role("total_spend", "Total spend"),
    Role("orders", "Purchases"),
    Role("web_purchases", "Purchases on the web"),
    Role("store_purchases", "Purchases in stores"),
    Role("catalog_purchases", "Purchases by catalogue"),
    Role("deal_purchases", "Purchases on offer"),
    Role("web_visits", "Visits to the website"),
    Role("accepted", "Accepted a campaign", several=True),
    Role("complaint", "Complained"),
    Role("purchase_frequency", "How often they buy"),
    Role("browsing_frequency", "How often they browse"),
    Role("review_reliance", "Reliance on reviews", several=True),
    Role("satisfaction", "Satisfaction"),
    Role("improvement", "What to improve"),
    Role("appreciation", "What they appreciate"),
    Role("answered", "When they answered"),
)
ROLES = {role.slug: role for role in (*ORDER_ROLES, *CONTACT_ROLES, *MEASURE_ROLES)}

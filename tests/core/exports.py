# ruff: noqa: E501 the rows are as long as shops write them
"""What shops, tills and forms export, in small: the text of a file, what it is, and what its columns stand for."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Export:
    """A file and what is to be understood of it: roles by header, all other columns having none."""

    text: str
    kind: str
    roles: dict[str, str]
    questions: tuple[str, ...] = ()
    money: str = ""
    notes: dict[str, str] = field(default_factory=dict)


EXPORTS = {
    "Shopify orders": Export(
        """Name,Email,Financial Status,Paid at,Fulfillment Status,Fulfilled at,Accepts Marketing,Currency,Subtotal,Shipping,Taxes,Total,Discount Code,Discount Amount,Shipping Method,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem compare at price,Lineitem sku,Lineitem requires shipping,Lineitem taxable,Lineitem fulfillment status,Billing Name,Billing Street,Billing City,Billing Zip,Billing Province,Billing Country,Billing Phone,Shipping Name,Shipping Country,Notes,Cancelled at,Payment Method,Refunded Amount,Vendor,Id,Tags,Risk Level,Source,Lineitem discount,Phone
#1001,ann@example.com,paid,2024-05-01 09:58:12 +0000,fulfilled,2024-05-02 10:00:00 +0000,yes,EUR,30.00,4.90,5.57,34.90,,0.00,DHL,2024-05-01 09:58:11 +0000,2,Mug - blue,10.00,,MUG-1,true,true,fulfilled,Ann Lee,Main St 1,Bonn,53111,NW,DE,+49 228 1234567,Ann Lee,DE,,,Shopify Payments,0.00,Acme,5001,,Low,web,0.00,
#1001,ann@example.com,,,,,,,,,,,,,,2024-05-01 09:58:11 +0000,1,Tea,10.00,,TEA-1,true,true,fulfilled,,,,,,,,,,,,,,Acme,,,,,0.00,
#1002,bob@example.com,refunded,2024-05-13 11:00:00 +0000,fulfilled,2024-05-14 10:00:00 +0000,no,EUR,10.00,4.90,2.38,14.90,,0.00,DHL,2024-05-13 10:59:11 +0000,1,Tea,10.00,,TEA-1,true,true,fulfilled,Bob Ray,High St 2,Wien,1010,,AT,,Bob Ray,AT,,,Paypal,14.90,Acme,5002,,Low,web,0.00,
#1003,ann@example.com,paid,2024-06-02 09:58:12 +0000,fulfilled,,yes,EUR,20.00,4.90,3.98,24.90,,0.00,DHL,2024-06-02 09:58:11 +0000,2,Mug - blue,10.00,,MUG-1,true,true,fulfilled,Ann Lee,Main St 1,Bonn,53111,NW,DE,,Ann Lee,DE,,,Shopify Payments,0.00,Acme,5003,,Low,web,0.00,
""",
        "transactions",
        {
            "Name": "order",
            "Email": "email",
            "Financial Status": "status",
            "Currency": "currency",
            "Subtotal": "subtotal",
            "Shipping": "shipping",
            "Taxes": "tax",
            "Total": "total",
            "Created at": "date",
            "Lineitem quantity": "quantity",
            "Lineitem name": "product",
            "Lineitem price": "price",
            "Lineitem sku": "code",
            "Billing Name": "name",
            "Billing Street": "street",
            "Billing City": "city",
            "Billing Zip": "zip",
            "Billing Province": "state",
            "Billing Country": "country",
            "Refunded Amount": "refund",
            "Accepts Marketing": "consent",
            "Lineitem discount": "discount",
            "Billing Phone": "phone",
            "Source": "channel",
        },
        money="lines",
        notes={"currency": "EUR", "time_zone": "UTC", "role:customer": "Email"},
    ),
    "WooCommerce orders": Export(
        """order_id,order_number,order_date,order_status,customer_id,billing_first_name,billing_last_name,billing_email,billing_phone,billing_country,payment_method_title,order_currency,order_subtotal,order_shipping,order_tax,order_total,refunded_total
3101,3101,2024-03-04 10:11:12,wc-completed,12,Ann,Lee,ann@example.com,+44 20 7946 0958,GB,Card,GBP,40.00,3.00,8.00,51.00,0
3102,3102,2024-03-14 12:11:12,wc-completed,0,Bob,Ray,bob@example.com,+44 20 7946 0959,GB,Card,GBP,15.00,3.00,3.00,21.00,0
3103,3103,2024-03-24 13:11:12,wc-refunded,12,Ann,Lee,ann@example.com,+44 20 7946 0958,GB,Card,GBP,22.50,3.00,4.50,30.00,30.00
""",
        "transactions",
        {
            "order_id": "order",
            "order_date": "date",
            "order_status": "status",
            "customer_id": "customer",
            "billing_first_name": "first_name",
            "billing_last_name": "last_name",
            "billing_email": "email",
            "billing_phone": "phone",
            "billing_country": "country",
            "order_currency": "currency",
            "order_subtotal": "subtotal",
            "order_shipping": "shipping",
            "order_tax": "tax",
            "order_total": "total",
            "refunded_total": "refund",
        },
        money="subtotal",
    ),
    "Stripe payments": Export(
        """id,Description,Seller Message,Created (UTC),Amount,Amount Refunded,Currency,Converted Amount,Fee,Status,Customer ID,Customer Email,Captured,Card ID
ch_3Nf8aB2eZvKY,Order 17,Payment complete.,2024-02-03 11:09,59.00,0.00,eur,59.00,1.13,Paid,cus_9s6XKzkNRiz8,ann@example.com,true,card_1
ch_3Nf8bC2eZvKY,Order 18,Payment complete.,2024-02-04 12:10,20.00,20.00,eur,20.00,0.55,Refunded,cus_9s6XKzkNRiz9,bob@example.com,true,card_2
ch_3Nf8cD2eZvKY,Order 19,Payment complete.,2024-03-03 13:11,31.50,0.00,eur,31.50,0.71,Paid,cus_9s6XKzkNRiz8,ann@example.com,true,card_1
""",
        "transactions",
        {
            "id": "order",
            "Created (UTC)": "date",
            "Amount": "amount",
            "Amount Refunded": "refund",
            "Currency": "currency",
            "Status": "status",
            "Customer ID": "customer",
            "Customer Email": "email",
            "Description": "product",
        },
        money="amount",
        notes={"time_zone": "UTC", "currency": "EUR"},
    ),
    "PayPal activity": Export(
        """"Date","Time","TimeZone","Name","Type","Status","Currency","Gross","Fee","Net","From Email Address","To Email Address","Transaction ID","Shipping Address","Item Title","Item ID","Quantity","Receipt ID","Balance"
"13/01/2024","10:11:12","GMT","Ann Lee","Express Checkout Payment","Completed","GBP","1,020.00","-30.00","990.00","ann@example.com","shop@example.com","8XW12345AB678901C","Ann Lee, Bath","Lamp","L1","1","","990.00"
"14/01/2024","11:11:12","GMT","Bob Ray","Express Checkout Payment","Completed","GBP","15.50","-0.70","14.80","bob@example.com","shop@example.com","9XW12345AB678901D","Bob Ray, York","Shade","S1","1","","1,004.80"
"02/02/2024","12:11:12","GMT","Ann Lee","Express Checkout Payment","Completed","GBP","8.00","-0.40","7.60","ann@example.com","shop@example.com","1XW12345AB678901E","Ann Lee, Bath","Bulb","B1","2","","1,012.40"
""",
        "transactions",
        {
            "Date": "date",
            "Time": "time",
            "TimeZone": "time_zone",
            "Name": "name",
            "Status": "status",
            "Currency": "currency",
            "Gross": "amount",
            "From Email Address": "email",
            "Transaction ID": "order",
            "Item Title": "product",
            "Item ID": "code",
            "Quantity": "quantity",
            "Shipping Address": "street",
        },
        money="amount",
        notes={"date_order": "day-month-year"},
    ),
    "Etsy sold items": Export(
        """Sale Date,Item Name,Buyer,Quantity,Price,Coupon Code,Coupon Details,Discount Amount,Shipping Discount,Order Shipping,Order Sales Tax,Item Total,Currency,Transaction ID,Listing ID,Date Paid,Date Shipped,Ship Name,Ship City,Ship State,Ship Zipcode,Ship Country,Order ID,Variations,Order Type
05/27/24,Silver ring,anna77,1,25.00,,,0.00,0.00,3.50,0.00,25.00,USD,3411111111,900001,05/27/2024,05/28/2024,Anna Lee,Austin,TX,78701,United States,2611111111,Size: 7,online
05/28/24,Gold ring,bobby,2,40.00,,,0.00,0.00,3.50,0.00,80.00,USD,3411111112,900002,05/28/2024,05/29/2024,Bob Ray,Reno,NV,89501,United States,2611111112,,online
06/01/24,Silver ring,anna77,1,25.00,,,5.00,0.00,3.50,0.00,20.00,USD,3411111113,900001,06/01/2024,06/02/2024,Anna Lee,Austin,TX,78701,United States,2611111113,Size: 8,online
""",
        "transactions",
        {
            "Sale Date": "date",
            "Item Name": "product",
            "Buyer": "customer",
            "Quantity": "quantity",
            "Price": "price",
            "Discount Amount": "discount",
            "Order Shipping": "shipping",
            "Order Sales Tax": "tax",
            "Item Total": "amount",
            "Currency": "currency",
            "Listing ID": "code",
            "Ship Name": "name",
            "Ship City": "city",
            "Ship State": "state",
            "Ship Zipcode": "zip",
            "Ship Country": "country",
            "Order ID": "order",
        },
        money="amount",
        notes={"date_order": "month-day-year"},
    ),
    "Square items": Export(
        """Date,Time,Time Zone,Category,Item,Qty,Price Point Name,SKU,Modifiers Applied,Gross Sales,Discounts,Net Sales,Tax,Transaction ID,Payment ID,Device Name,Notes,Details,Event Type,Location,Dining Option,Customer ID,Customer Name,Customer Reference ID
2024-01-15,08:15:33,Eastern Time (US & Canada),Coffee,Latte,1.0,Large,LAT-L,,$5.50,$0.00,$5.50,$0.49,aB3dE5,pay1,Till 1,,https://squareup.com/x,Payment,Main,To go,7KQ1,Ann Lee,
2024-01-15,08:17:01,Eastern Time (US & Canada),Bakery,Bagel,2.0,Regular,BAG,,$6.00,($1.00),$5.00,$0.40,aB3dE6,pay2,Till 1,,https://squareup.com/x,Payment,Main,To go,7KQ2,Bob Ray,
2024-01-16,09:02:45,Eastern Time (US & Canada),Coffee,Latte,1.0,Large,LAT-L,,$5.50,$0.00,$5.50,$0.49,aB3dE7,pay3,Till 1,,https://squareup.com/x,Payment,Main,To go,7KQ1,Ann Lee,
""",
        "transactions",
        {
            "Date": "date",
            "Time": "time",
            "Time Zone": "time_zone",
            "Category": "category",
            "Item": "product",
            "Qty": "quantity",
            "SKU": "code",
            "Net Sales": "amount",
            "Discounts": "discount",
            "Tax": "tax",
            "Transaction ID": "order",
            "Customer ID": "customer",
            "Customer Name": "name",
        },
        money="amount",
        notes={"currency": "USD"},
    ),
    "Amazon seller orders": Export(
        """amazon-order-id\tmerchant-order-id\tpurchase-date\tlast-updated-date\torder-status\tfulfillment-channel\tsales-channel\tproduct-name\tsku\tasin\titem-status\tquantity\tcurrency\titem-price\titem-tax\tshipping-price\titem-promotion-discount\tship-city\tship-state\tship-postal-code\tship-country\tbuyer-email
026-1520163-6049104\t\t2024-04-01T10:00:00+00:00\t2024-04-02T10:00:00+00:00\tShipped\tAmazon\tAmazon.co.uk\tGarden hose\tGH-1\tB00TEST001\tShipped\t1\tGBP\t19.99\t3.33\t0.00\t0.00\tLeeds\t\tLS1 1AA\tGB\tx1y2@marketplace.amazon.co.uk
026-1520163-6049105\t\t2024-04-03T11:00:00+00:00\t2024-04-04T10:00:00+00:00\tShipped\tAmazon\tAmazon.co.uk\tRake\tRK-1\tB00TEST002\tShipped\t2\tGBP\t30.00\t5.00\t0.00\t2.00\tYork\t\tYO1 1AA\tGB\tz3w4@marketplace.amazon.co.uk
026-1520163-6049106\t\t2024-05-01T10:00:00+00:00\t2024-05-02T10:00:00+00:00\tCancelled\tAmazon\tAmazon.co.uk\tGarden hose\tGH-1\tB00TEST001\tCancelled\t0\tGBP\t\t\t\t\tLeeds\t\tLS1 1AA\tGB\tx1y2@marketplace.amazon.co.uk
""",
        "transactions",
        {
            "amazon-order-id": "order",
            "purchase-date": "date",
            "order-status": "status",
            "product-name": "product",
            "sku": "code",
            "quantity": "quantity",
            "currency": "currency",
            "item-price": "amount",
            "item-tax": "tax",
            "shipping-price": "shipping",
            "item-promotion-discount": "discount",
            "ship-city": "city",
            "ship-state": "state",
            "ship-postal-code": "zip",
            "ship-country": "country",
            "buyer-email": "email",
            "sales-channel": "channel",
        },
    ),
    "eBay orders": Export(
        """Sales Record Number,Order Number,Buyer Username,Buyer Name,Buyer Email,Buyer Note,Ship To Name,Ship To City,Ship To Zip,Ship To Country,Item Number,Item Title,Custom Label,Quantity,Sold For,Shipping And Handling,Total Price,Payment Method,Sale Date,Paid On Date
4711,12-11111-22222,ann_77,Ann Lee,ann@members.ebay.com,,Ann Lee,Bath,BA1,United Kingdom,1101,Old camera,CAM1,1,£45.00,£4.00,£49.00,PayPal,Nov-21-24,Nov-21-24
4712,12-11111-22223,bob_88,Bob Ray,bob@members.ebay.com,,Bob Ray,York,YO1,United Kingdom,1102,Lens,LEN1,1,£20.00,£3.00,£23.00,PayPal,Nov-22-24,Nov-22-24
4713,12-11111-22224,ann_77,Ann Lee,ann@members.ebay.com,,Ann Lee,Bath,BA1,United Kingdom,1103,Tripod,TRI1,2,£30.00,£4.00,£64.00,PayPal,Dec-02-24,Dec-02-24
""",
        "transactions",
        {
            "Order Number": "order",
            "Buyer Username": "customer",
            "Buyer Name": "name",
            "Buyer Email": "email",
            "Ship To City": "city",
            "Ship To Zip": "zip",
            "Ship To Country": "country",
            "Item Number": "code",
            "Item Title": "product",
            "Quantity": "quantity",
            "Sold For": "price",
            "Shipping And Handling": "shipping",
            "Total Price": "total",
            "Sale Date": "date",
        },
    ),
    "German shop": Export(
        """Bestellnummer;Rechnungsdatum;Kundennummer;Artikelnummer;Bezeichnung;Menge;Einzelpreis;Gesamtbetrag;Land
B-10001;03.04.2024;00123;A-1;Holzente gelb;2;1.234,50 €;2.469,00 €;Deutschland
B-10001;03.04.2024;00123;A-2;Kerze;1;5,90 €;5,90 €;Deutschland
B-10002;05.04.2024;00124;A-2;Kerze;3;5,90 €;17,70 €;Österreich
B-10003;06.05.2024;00123;A-1;Holzente gelb;1;1.234,50 €;1.234,50 €;Deutschland
""",
        "transactions",
        {
            "Bestellnummer": "order",
            "Rechnungsdatum": "date",
            "Kundennummer": "customer",
            "Artikelnummer": "code",
            "Bezeichnung": "product",
            "Menge": "quantity",
            "Einzelpreis": "price",
            "Gesamtbetrag": "amount",
            "Land": "country",
        },
        money="amount",
        notes={"decimal": "comma", "currency": "EUR", "date_order": "day-month-year"},
    ),
    "French shop": Export(
        """N° commande;Date de commande;N° client;Désignation;Qté;Prix unitaire;Montant TTC;Pays
C101;03/04/2024;881;Bougie;2;1 234,50 €;2 469,00 €;France
C102;05/04/2024;882;Savon;1;6,90 €;6,90 €;Belgique
C103;05/05/2024;881;Savon;3;6,90 €;20,70 €;France
""",
        "transactions",
        {
            "N° commande": "order",
            "Date de commande": "date",
            "N° client": "customer",
            "Désignation": "product",
            "Qté": "quantity",
            "Prix unitaire": "price",
            "Montant TTC": "amount",
            "Pays": "country",
        },
        notes={"decimal": "comma", "date_order": "day-month-year"},
    ),
    "Brazilian shop": Export(
        """pedido;cliente;data_pedido;produto;quantidade;preco_unitario;valor_total;pais
9001;C55;25/12/2023;Caneca;2;R$ 1.034,50;R$ 2.069,00;Brasil
9002;C56;26/12/2023;Prato;1;R$ 12,00;R$ 12,00;Brasil
9003;C55;02/01/2024;Prato;4;R$ 12,00;R$ 48,00;Portugal
""",
        "transactions",
        {
            "pedido": "order",
            "cliente": "customer",
            "data_pedido": "date",
            "produto": "product",
            "quantidade": "quantity",
            "preco_unitario": "price",
            "valor_total": "amount",
            "pais": "country",
        },
        notes={"currency": "BRL"},
    ),
    "Spanish shop": Export(
        """Nº de pedido,Fecha del pedido,Código de cliente,Correo electrónico,Artículo,Cantidad,Precio,Importe,Provincia,País
5001,2024-01-05,77,ana@ejemplo.es,Taza,2,4.5,9,Madrid,España
5002,2024-01-06,78,luis@ejemplo.es,Plato,1,7.25,7.25,Sevilla,España
5003,2024-02-05,77,ana@ejemplo.es,Plato,2,7.25,14.5,Madrid,España
""",
        "transactions",
        {
            "Nº de pedido": "order",
            "Fecha del pedido": "date",
            "Código de cliente": "customer",
            "Correo electrónico": "email",
            "Artículo": "product",
            "Cantidad": "quantity",
            "Precio": "price",
            "Importe": "amount",
            "Provincia": "state",
            "País": "country",
        },
    ),
    "Italian shop": Export(
        """Numero ordine;Data ordine;Codice cliente;Ragione sociale;Descrizione articolo;Quantità;Prezzo unitario;Sconto;Totale riga;Paese
1;13/01/2024;AA1;Rossi srl;Tazza;2;4,50;0,00;9,00;Italia
2;14/01/2024;AA2;Bianchi srl;Piatto;1;7,25;0,25;7,00;Italia
3;15/02/2024;AA1;Rossi srl;Piatto;2;7,25;0,00;14,50;Svizzera
""",
        "transactions",
        {
            "Numero ordine": "order",
            "Data ordine": "date",
            "Codice cliente": "customer",
            "Descrizione articolo": "product",
            "Quantità": "quantity",
            "Prezzo unitario": "price",
            "Sconto": "discount",
            "Totale riga": "amount",
            "Paese": "country",
        },
    ),
    "Dutch shop": Export(
        """Ordernummer;Besteldatum;Klantnummer;Artikel;Aantal;Stuksprijs;Totaalbedrag;Land
700;13-01-2024;K1;Mok;2;4,50;9,00;Nederland
701;14-01-2024;K2;Bord;1;7,25;7,25;België
702;15-02-2024;K1;Bord;2;7,25;14,50;Nederland
""",
        "transactions",
        {
            "Ordernummer": "order",
            "Besteldatum": "date",
            "Klantnummer": "customer",
            "Artikel": "product",
            "Aantal": "quantity",
            "Stuksprijs": "price",
            "Totaalbedrag": "amount",
            "Land": "country",
        },
    ),
    "Polish shop": Export(
        """Numer zamówienia;Data zamówienia;Klient;Nazwa produktu;Ilość;Cena jednostkowa;Wartość;Waluta;Kraj
Z/1/2024;2024-01-13;Jan Nowak;Kubek;2;4,50;9,00;PLN;Polska
Z/2/2024;2024-01-14;Ewa Lis;Talerz;1;7,25;7,25;PLN;Polska
Z/3/2024;2024-02-15;Jan Nowak;Talerz;2;7,25;14,50;PLN;Polska
""",
        "transactions",
        {
            "Numer zamówienia": "order",
            "Data zamówienia": "date",
            "Klient": "customer",
            "Nazwa produktu": "product",
            "Ilość": "quantity",
            "Cena jednostkowa": "price",
            "Wartość": "amount",
            "Waluta": "currency",
            "Kraj": "country",
        },
    ),
    "Turkish shop": Export(
        """Sipariş No;Sipariş Tarihi;Müşteri No;Ürün Adı;Adet;Birim Fiyat;Toplam Tutar;Ülke
S1;13.01.2024 10:11;M1;Bardak;2;₺4,50;₺9,00;Türkiye
S2;14.01.2024 11:11;M2;Tabak;1;₺7,25;₺7,25;Türkiye
S3;15.02.2024 12:11;M1;Tabak;2;₺7,25;₺14,50;Türkiye
""",
        "transactions",
        {
            "Sipariş No": "order",
            "Sipariş Tarihi": "date",
            "Müşteri No": "customer",
            "Ürün Adı": "product",
            "Adet": "quantity",
            "Birim Fiyat": "price",
            "Toplam Tutar": "amount",
            "Ülke": "country",
        },
        notes={"currency": "TRY"},
    ),
    "Swedish shop": Export(
        """Ordernr;Orderdatum;Kundnr;Artikelnr;Benämning;Antal;À-pris;Belopp;Land
1;2024-01-13;K1;A1;Kopp;2;45,00;90,00;Sverige
2;2024-01-14;K2;A2;Tallrik;1;72,50;72,50;Norge
3;2024-02-15;K1;A2;Tallrik;2;72,50;145,00;Sverige
""",
        "transactions",
        {
            "Ordernr": "order",
            "Orderdatum": "date",
            "Kundnr": "customer",
            "Artikelnr": "code",
            "Benämning": "product",
            "Antal": "quantity",
            "À-pris": "price",
            "Belopp": "amount",
            "Land": "country",
        },
    ),
    "Czech shop": Export(
        """Číslo objednávky;Datum objednávky;Zákazník;E-mail;Název produktu;Množství;Jednotková cena;Celkem;Měna;Země
O1;13.1.2024;Jan Novák;jan@priklad.cz;Hrnek;2;45,00;90,00;CZK;Česko
O2;14.1.2024;Eva Malá;eva@priklad.cz;Talíř;1;72,50;72,50;CZK;Česko
O3;15.2.2024;Jan Novák;jan@priklad.cz;Talíř;2;72,50;145,00;CZK;Slovensko
""",
        "transactions",
        {
            "Číslo objednávky": "order",
            "Datum objednávky": "date",
            "Zákazník": "customer",
            "E-mail": "email",
            "Název produktu": "product",
            "Množství": "quantity",
            "Jednotková cena": "price",
            "Celkem": "amount",
            "Měna": "currency",
            "Země": "country",
        },
    ),
    "misspelt headers": Export(
        """Ordr Number,Custmer ID,Invoce Date,Produkt Desciption,Quantitiy,Unit Pirce,Contry
1,C1,2024-01-13,Mug,2,4.50,France
2,C2,2024-01-14,Plate,1,7.25,Spain
3,C1,2024-02-15,Plate,2,7.25,France
""",
        "transactions",
        {
            "Ordr Number": "order",
            "Custmer ID": "customer",
            "Invoce Date": "date",
            "Produkt Desciption": "product",
            "Quantitiy": "quantity",
            "Unit Pirce": "price",
            "Contry": "country",
        },
    ),
    "headers that contradict their values": Export(
        """price,date,email,quantity,order id,customer
ann@example.com,12.50,2024-01-13,Mug,1001,C1
bob@example.com,7.25,2024-01-14,Plate,1002,C2
ann@example.com,8.00,2024-02-15,Bowl,1003,C1
cy@example.com,9.00,2024-02-16,Bowl,1004,C3
""",
        "transactions",
        {"price": "email", "order id": "order", "customer": "customer"},
        ("role:date",),
    ),
    "no header, lines of orders": Export(
        "\n".join(
            f"{536365 + i // 3},{['85123A', '71053', '84406B', '22752'][i * 7 % 4]},"
            f"{['WHITE HEART HOLDER', 'METAL LANTERN', 'CREAM CUPID HANGER', 'SET OF NESTING BOXES'][i * 7 % 4]},"
            f"{i % 5 + 1},2010-12-{1 + i // 6:02} 08:26:00,{[2.55, 3.39, 2.75, 7.65][i * 7 % 4]},"
            f"{[17850, 13047, 12583][i // 3 % 3]},{['United Kingdom', 'France', 'Germany'][i // 3 % 3]}"
            for i in range(60)
        ),
        "transactions",
        {
            "column 1": "order",
            "column 2": "code",
            "column 3": "product",
            "column 4": "quantity",
            "column 5": "date",
            "column 6": "price",
            "column 7": "customer",
            "column 8": "country",
        },
        money="lines",
    ),
    "headers that mean nothing": Export(
        "V1,V2,V3,V4\n"
        + "\n".join(
            f"{1000 + i % 7},2024-{1 + i // 10:02}-{1 + i % 28:02},{i % 3 + 1},{9.99 + i * 1.37:.2f}" for i in range(40)
        ),
        "transactions",
        {"V1": "customer", "V2": "date", "V3": "quantity", "V4": "amount"},
    ),
    "Superstore": Export(
        """Row ID,Order ID,Order Date,Ship Date,Ship Mode,Customer ID,Customer Name,Segment,Country,City,State,Postal Code,Region,Product ID,Category,Sub-Category,Product Name,Sales,Quantity,Discount,Profit
1,CA-2016-152156,11/8/2016,11/11/2016,Second Class,CG-12520,Claire Gute,Consumer,United States,Henderson,Kentucky,42420,South,FUR-BO-10001798,Furniture,Bookcases,Bush Somerset Bookcase,261.96,2,0,41.9136
2,CA-2016-152156,11/8/2016,11/11/2016,Second Class,CG-12520,Claire Gute,Consumer,United States,Henderson,Kentucky,42420,South,FUR-CH-10000454,Furniture,Chairs,Hon Deluxe Chairs,731.94,3,0,219.582
3,CA-2016-138688,6/12/2016,6/16/2016,Second Class,DV-13045,Darrin Van Huff,Corporate,United States,Los Angeles,California,90036,West,OFF-LA-10000240,Office Supplies,Labels,Self-Adhesive Labels,14.62,2,0,6.8714
4,US-2015-108966,10/11/2015,10/18/2015,Standard Class,SO-20335,Sean O'Donnell,Consumer,United States,Fort Lauderdale,Florida,33311,South,FUR-TA-10000577,Furniture,Tables,Bretford Table,957.5775,5,0.45,-383.031
5,US-2015-108967,10/15/2015,10/18/2015,Standard Class,SO-20335,Sean O'Donnell,Consumer,United States,Fort Lauderdale,Florida,33311,South,OFF-ST-10000760,Office Supplies,Storage,Eldon Fold Cart,22.368,2,0.2,2.5164
""",
        "transactions",
        {
            "Order ID": "order",
            "Order Date": "date",
            "Customer ID": "customer",
            "Customer Name": "name",
            "Country": "country",
            "City": "city",
            "State": "state",
            "Postal Code": "zip",
            "Product ID": "code",
            "Category": "category",
            "Product Name": "product",
            "Sales": "amount",
            "Quantity": "quantity",
            "Discount": "discount",
        },
        notes={"date_order": "month-day-year"},
    ),
    "Kaggle retail sales": Export(
        """Transaction ID,Date,Customer ID,Gender,Age,Product Category,Quantity,Price per Unit,Total Amount
1,2023-11-24,CUST001,Male,34,Beauty,3,50,150
2,2023-02-27,CUST002,Female,26,Clothing,2,500,1000
3,2023-01-13,CUST003,Male,50,Electronics,1,30,30
4,2023-05-21,CUST004,Male,37,Clothing,1,500,500
""",
        "transactions",
        {
            "Transaction ID": "order",
            "Date": "date",
            "Customer ID": "customer",
            "Product Category": "category",
            "Quantity": "quantity",
            "Price per Unit": "price",
            "Total Amount": "amount",
        },
        money="amount",
    ),
    "mall transactions": Export(
        """invoice_no,customer_id,gender,age,category,quantity,price,payment_method,invoice_date,shopping_mall
I138884,C241288,Female,28,Clothing,5,1500.4,Credit Card,5/8/2022,Kanyon
I317333,C111565,Male,21,Shoes,3,1800.51,Debit Card,12/12/2021,Forum Istanbul
I127801,C266599,Male,20,Clothing,1,300.08,Cash,9/11/2021,Metrocity
I173702,C988172,Female,66,Shoes,5,3000.85,Credit Card,16/05/2021,Metropol AVM
""",
        "transactions",
        {
            "invoice_no": "order",
            "customer_id": "customer",
            "category": "category",
            "quantity": "quantity",
            "price": "price",
            "invoice_date": "date",
            "shopping_mall": "",
        },
        notes={"date_order": "day-month-year"},
    ),
    "Olist, joined": Export(
        """order_id,customer_id,customer_unique_id,order_status,order_purchase_timestamp,order_approved_at,order_item_id,product_id,seller_id,price,freight_value,customer_city,customer_state,product_category_name
e481f51cbdc54678b7cc49136f2d6af7,9ef432eb6251297304e76186b10a928d,7c396fd4830fd04220f754e42b4e5bff,delivered,2017-10-02 10:56:33,2017-10-02 11:07:15,1,87285b34884572647811a353c7ac498a,3504c0cb71d7fa48d967e0e4c94d59d9,29.99,8.72,sao paulo,SP,housewares
53cdb2fc8bc7dce0b6741e2150273451,b0830fb4747a6c6d20dea0b8c802d7ef,af07308b275d755c9edb36a90c618231,delivered,2018-07-24 20:41:37,2018-07-26 03:24:27,1,595fac2a385ac33a80bd5114aec74eb8,289cdb325fb7e7f891c38608bf9e0962,118.70,22.76,barreiras,BA,perfumery
47770eb9100c2d0c44946d9cf07ec65d,41ce2a54c0b03bf3443c3d931a367089,7c396fd4830fd04220f754e42b4e5bff,delivered,2018-08-08 08:38:49,2018-08-08 08:55:23,1,aa4383b373c6aca5d8797843e5594415,4869f7a5dfa277a7dca6462dcf3b52b2,159.90,19.22,sao paulo,SP,auto
""",
        "transactions",
        {
            "order_id": "order",
            "customer_unique_id": "customer",
            "order_status": "status",
            "order_purchase_timestamp": "date",
            "product_id": "code",
            "price": "amount",
            "freight_value": "shipping",
            "customer_city": "city",
            "customer_state": "state",
            "product_category_name": "category",
        },
        money="amount",
    ),
    "Magento orders": Export(
        """increment_id,created_at,status,customer_email,customer_firstname,customer_lastname,base_grand_total,grand_total,subtotal,shipping_amount,tax_amount,discount_amount,order_currency_code,store_name
100000001,2024-01-13 10:00:00,complete,ann@example.com,Ann,Lee,51.00,51.00,40.00,3.00,8.00,0.00,USD,Main
100000002,2024-01-14 10:00:00,complete,bob@example.com,Bob,Ray,21.00,21.00,15.00,3.00,3.00,0.00,USD,Main
100000003,2024-02-15 10:00:00,closed,ann@example.com,Ann,Lee,30.00,30.00,22.50,3.00,4.50,0.00,USD,Main
""",
        "transactions",
        {
            "increment_id": "order",
            "created_at": "date",
            "status": "status",
            "customer_email": "email",
            "customer_firstname": "first_name",
            "customer_lastname": "last_name",
            "grand_total": "total",
            "subtotal": "subtotal",
            "shipping_amount": "shipping",
            "tax_amount": "tax",
            "discount_amount": "discount",
            "order_currency_code": "currency",
            "store_name": "channel",
        },
    ),
    "two customer keys": Export(
        """order id,order date,customer id,client id,total
1,2024-01-13,A1,X7,10.50
2,2024-01-14,A1,X8,11.50
3,2024-01-15,A2,X7,12.50
4,2024-02-15,A3,X9,13.50
""",
        "transactions",
        {"order id": "order", "order date": "date", "customer id": "customer", "total": "total"},
        ("role:customer",),
    ),
    "days that may be months": Export(
        """order,customer,date,amount
1,A1,03/04/2024,10.50
2,A2,01/02/2024,11.50
3,A1,05/06/2024,12.50
""",
        "transactions",
        {"order": "order", "customer": "customer", "date": "date", "amount": "amount"},
        ("date_order",),
    ),
    "rows in order of time": Export(
        """order,customer,date,amount
1,A1,01/11/2024,10.50
2,A2,02/11/2024,11.50
3,A1,05/11/2024,12.50
4,A3,09/11/2024,12.50
5,A2,01/12/2024,12.50
""",
        "transactions",
        {"order": "order", "customer": "customer", "date": "date", "amount": "amount"},
        notes={"date_order": "day-month-year"},
    ),
    "no customer at all": Export(
        """Order ID,Date,SKU,Qty,Amount,ship-city
171-9198151,04-30-22,SET389,1,647.62,MUMBAI
405-8078784,04-30-22,JNE3781,2,406.00,BENGALURU
404-0687676,04-29-22,JNE3371,1,329.00,MUMBAI
""",
        "transactions",
        {
            "Order ID": "order",
            "Date": "date",
            "SKU": "code",
            "Qty": "quantity",
            "Amount": "amount",
            "ship-city": "city",
        },
        ("role:customer",),
    ),
    "no money": Export(
        """order_number,placed_on,shopper_email
1,2024-01-13,ann@example.com
2,2024-01-14,bob@example.com
3,2024-02-15,ann@example.com
""",
        "transactions",
        {"order_number": "order", "placed_on": "date", "shopper_email": "email"},
        money="none",
    ),
    "Klaviyo contacts": Export(
        """Email,First Name,Last Name,Phone Number,City,Country,Email Marketing Consent,Date Added,Total Customer Lifetime Value,Historic Number Of Orders,Average Order Value
ann@example.com,Ann,Lee,+12025550101,Reno,United States,SUBSCRIBED,2023-01-13,120.50,3,40.17
bob@example.com,Bob,Ray,+12025550102,Austin,United States,UNSUBSCRIBED,2023-02-14,20.00,1,20.00
cy@example.com,Cy,Poe,,Boston,United States,NEVER_SUBSCRIBED,2023-03-15,0.00,0,
""",
        "customers",
        {
            "Email": "email",
            "First Name": "first_name",
            "Last Name": "last_name",
            "Phone Number": "phone",
            "City": "city",
            "Country": "country",
            "Email Marketing Consent": "consent",
            "Date Added": "signup",
            "Total Customer Lifetime Value": "total_spend",
            "Historic Number Of Orders": "orders",
        },
    ),
    "Shopify customers": Export(
        """Customer ID,First Name,Last Name,Email,Accepts Email Marketing,Default Address Company,Default Address Address1,Default Address City,Default Address Country Code,Default Address Zip,Phone,Total Spent,Total Orders,Note,Tax Exempt,Tags
'6501,Ann,Lee,ann@example.com,yes,,Main St 1,Bonn,DE,53111,'+492281234567,120.50,3,,no,vip
'6502,Bob,Ray,bob@example.com,no,,High St 2,Wien,AT,1010,,20.00,1,,no,
'6503,Cy,Poe,cy@example.com,no,,Low St 3,Graz,AT,8010,,0.00,0,,no,
""",
        "customers",
        {
            "Customer ID": "customer",
            "First Name": "first_name",
            "Last Name": "last_name",
            "Email": "email",
            "Accepts Email Marketing": "consent",
            "Default Address Address1": "street",
            "Default Address City": "city",
            "Default Address Country Code": "country",
            "Default Address Zip": "zip",
            "Phone": "phone",
            "Total Spent": "total_spend",
            "Total Orders": "orders",
        },
    ),
    "mall customers": Export(
        """CustomerID,Genre,Age,Annual Income (k$),Spending Score (1-100)
1,Male,19,15,39
2,Male,21,15,81
3,Female,20,16,6
4,Female,23,16,77
""",
        "customers",
        {"CustomerID": "customer", "Genre": "gender", "Age": "age", "Annual Income (k$)": "income"},
    ),
    "bank customers": Export(
        """CLIENTNUM,Attrition_Flag,Customer_Age,Gender,Dependent_count,Education_Level,Marital_Status,Income_Category,Card_Category,Months_on_book,Credit_Limit,Total_Trans_Amt,Total_Trans_Ct,Naive_Bayes_Classifier_Attrition_Flag_1
768805383,Existing Customer,45,M,3,High School,Married,$60K - $80K,Blue,39,12691,1144,42,0.00009
818770008,Existing Customer,49,F,5,Graduate,Single,Less than $40K,Blue,44,8256,1291,33,0.00006
713982108,Attrited Customer,51,M,3,Uneducated,Married,$80K - $120K,Gold,36,3418,1887,20,0.99
769911858,Existing Customer,40,F,4,Unknown,Unknown,$120K +,Silver,34,3313,1171,20,0.0001
""",
        "customers",
        {
            "CLIENTNUM": "customer",
            "Customer_Age": "age",
            "Gender": "gender",
            "Dependent_count": "children",
            "Education_Level": "education",
            "Marital_Status": "marital",
            "Income_Category": "income",
            "Total_Trans_Amt": "total_spend",
            "Total_Trans_Ct": "orders",
        },
    ),
    "shopping behaviour": Export(
        """Customer ID,Age,Gender,Item Purchased,Category,Purchase Amount (USD),Location,Size,Color,Season,Review Rating,Subscription Status,Shipping Type,Discount Applied,Promo Code Used,Previous Purchases,Payment Method,Frequency of Purchases
1,55,Male,Blouse,Clothing,53,Kentucky,L,Gray,Winter,3.1,Yes,Express,Yes,Yes,14,Venmo,Fortnightly
2,19,Male,Sweater,Clothing,64,Maine,L,Maroon,Winter,3.1,Yes,Express,Yes,Yes,2,Cash,Fortnightly
3,50,Male,Jeans,Clothing,73,Massachusetts,S,Maroon,Spring,3.1,Yes,Free Shipping,Yes,Yes,23,Credit Card,Weekly
4,21,Female,Sandals,Footwear,90,Rhode Island,M,Maroon,Spring,3.5,Yes,Next Day Air,Yes,Yes,49,PayPal,Annually
""",
        "customers",
        {
            "Customer ID": "customer",
            "Age": "age",
            "Gender": "gender",
            "Purchase Amount (USD)": "total_spend",
            "Previous Purchases": "orders",
            "Frequency of Purchases": "purchase_frequency",
        },
    ),
    "German survey": Export(
        """Zeitstempel;Alter;Geschlecht;Wie oft kaufen Sie online?;Zufriedenheit;Wofür?;Anmerkung
04.06.2023 13:28:19;18-24;weiblich;Selten;4;Kleidung;
04.06.2023 14:28:19;25-34;männlich;Oft;5;Kleidung;Alles gut soweit
05.06.2023 13:28:19;35-44;weiblich;Nie;1;Bücher;
25.06.2023 13:28:19;18-24;männlich;Manchmal;3;Bücher;
""",
        "survey",
        {
            "Zeitstempel": "answered",
            "Alter": "age",
            "Geschlecht": "gender",
            "Zufriedenheit": "satisfaction",
            "Wie oft kaufen Sie online?": "purchase_frequency",
        },
    ),
    "form without time": Export(
        """Q1 How satisfied are you?,Q2 I would recommend it,Q3 How often do you visit,Gender
Satisfied,Agree,Once a month,Female
Very satisfied,Strongly agree,Once a week,Male
Dissatisfied,Disagree,Daily,Female
Neutral,Neutral,Less than once a month,Male
""",
        "survey",
        {
            "Q1 How satisfied are you?": "satisfaction",
            "Q3 How often do you visit": "browsing_frequency",
            "Gender": "gender",
        },
    ),
    "Hungarian shop": Export(
        """Rendelésszám;Dátum;Vevő;Termék;Mennyiség;Egységár;Összesen
1;2024.01.13.;Kiss Anna;Bögre;2;450 Ft;900 Ft
2;2024.01.14.;Nagy Béla;Tányér;1;725 Ft;725 Ft
3;2024.02.15.;Kiss Anna;Tányér;2;725 Ft;1450 Ft
""",
        "transactions",
        {
            "Rendelésszám": "order",
            "Dátum": "date",
            "Vevő": "customer",
            "Termék": "product",
            "Mennyiség": "quantity",
            "Egységár": "price",
            "Összesen": "amount",
        },
        notes={"currency": "HUF"},
    ),
    "Japanese shop": Export(
        """注文番号,注文日,顧客,商品,数量,単価,金額
1,2024/01/13,田中,カップ,2,450,900
2,2024/01/14,鈴木,皿,1,725,725
3,2024/02/15,田中,皿,2,725,1450
""",
        "transactions",
        {
            "注文番号": "order",
            "注文日": "date",
            "顧客": "customer",
            "商品": "product",
            "数量": "quantity",
            "単価": "price",
            "金額": "amount",
        },
    ),
    "German accounts": Export(
        """Beleg-Nr.;Belegdatum;Kd-Nr.;Firma;Pos.;Art.-Nr.;Artikelbezeichnung;Anz.;VK-Preis;Rabatt %;Netto-Betrag;MwSt.-Betrag
R1;13.01.24;10001;Muster AG;1;4711;Schraube;100;0,12;0;12,00;2,28
R1;13.01.24;10001;Muster AG;2;4712;Mutter;100;0,10;10;9,00;1,71
R2;14.01.24;10002;Beispiel GmbH;1;4711;Schraube;50;0,12;0;6,00;1,14
""",
        "transactions",
        {
            "Beleg-Nr.": "order",
            "Belegdatum": "date",
            "Kd-Nr.": "customer",
            "Art.-Nr.": "code",
            "Artikelbezeichnung": "product",
            "Anz.": "quantity",
            "VK-Preis": "price",
            "Rabatt %": "discount",
            "Netto-Betrag": "amount",
            "MwSt.-Betrag": "tax",
        },
    ),
    "prices of whole lines": Export(
        "order,customer,date,sku,quantity,price\n"
        + "".join(
            f"{i},C{i % 4},2024-01-{10 + i},{'AB'[i % 2]}7,{i % 3 + 1},{(i % 3 + 1) * (4.5 + i % 2):.2f}\n"
            for i in range(18)
        ),
        "transactions",
        {
            "order": "order",
            "customer": "customer",
            "date": "date",
            "sku": "code",
            "quantity": "quantity",
            "price": "amount",
        },
        money="amount",
    ),
}

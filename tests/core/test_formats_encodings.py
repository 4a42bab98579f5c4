"""Text in the encodings of other scripts is read as what it says, and Western text stays Western."""

import pytest

from core.intake.formats import foreign, reading

CYRILLIC = "Номер заказа;Дата заказа;Клиент;Товар;Цена\n1001;19.06.2024;Иванов;Чайник;700,00\n"
JAPANESE = "注文番号,注文日,顧客,商品名,数量\n1001,2024/10/26,田中,急須セット,2\n"
POLISH = "Numer zamówienia;Data płatności;Imię;Wysyłka;Ilość\n1001;2024-01-02;Łukasz Wiśniewski;Kraków;3\n"
TURKISH = "Sipariş no;Müşteri;Ürün;Ödeme şekli;Değer\n1001;Ayşe Yıldız;Çaydanlık;Kredi kartı;3\n"
GREEK = "Αριθμός παραγγελίας;Ημερομηνία;Πελάτης\n1001;2024-01-02;Παπαδόπουλος\n"


@pytest.mark.parametrize(
    ("text", "codec"),
    [(CYRILLIC, "cp1251"), (CYRILLIC, "koi8_r"), (JAPANESE, "cp932"), (POLISH, "cp1250"), (TURKISH, "cp1254"),
     (GREEK, "cp1253")],
)  # fmt: skip
def test_a_file_in_another_script_has_the_header_that_was_written(tmp_path, text, codec):
    header, *rows = text.splitlines(keepends=True)
    path = tmp_path / "orders.csv"
    path.write_bytes((header + "".join(rows) * 20).encode(codec))
    source = reading.inspect(path)
    delimiter = "," if text is JAPANESE else ";"
    assert list(source.columns) == header.strip().split(delimiter)


@pytest.mark.parametrize(
    "text",
    ["Größe;Straße;Menü;Öl\n", "N° commande;Qté;Désignation;Prix à l’unité\n", "Nº pedido;Año;Descripción;Teléfono\n",
     "pedido;preço;descrição;não\n", "Beställning;Företag;Å\n", "size;area\nlarge;12 m²\nsmall;3 m³\n",
     "Vöruþáttur;ð\n"],
)  # fmt: skip
def test_western_text_is_taken_for_nothing_else(text):
    assert foreign.guess((text * 20).encode("cp1252")) == ""


def test_text_from_an_old_mac_is_read_with_its_own_letters():
    assert foreign.guess("Numéro;Désignation;Quantité;Société générale\n".encode("mac_roman") * 5) == "mac_roman"

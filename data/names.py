"""Names for people who do not exist, in the languages of the shop's markets."""


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.replace("\n", " ").split(","))


ENGLISH = "English"
# Language -> first names, last names.
NAMES = {
    ENGLISH: (
        _words("""
Ada, Agnes, Alba, Amir, Arthur, Asha, Bea, Callum, Carmen, Clara, Dev, Edith, Elif, Elsa, Esther, Faye, Felix, Finn,
Freya, Gwen, Hana, Hugo, Ida, Imogen, Iris, Jasper, Joan, Juno, Kasia, Kit, Leila, Linus, Lotte, Mabel, Maeve, Marek,
Mina, Nadia, Nell, Noor, Olga, Orla, Oscar, Pearl, Priya, Ravi, Rhea, Rosa, Rowan, Ruth, Sami, Selma, Tamsin, Theo,
Tilda, Uma, Vera, Wanda, Yusuf, Zoe"""),
        _words("""
Abbott, Ackroyd, Ashdown, Barlow, Bellamy, Birch, Byrne, Caddick, Calder, Chaudhry, Cowley, Dale, Elkin, Ennis,
Fairley, Farrow, Fenwick, Fraser, Garland, Gill, Greaves, Hadley, Hale, Harkness, Hensley, Holt, Ingram, Jarvis, Kaya,
Keel, Kendal, Kerr, Lacey, Lambert, Larkin, Marlow, Mehta, Merrick, Moss, Nash, Nolan, Novak, Oakes, O'Hara, Okafor,
Osman, Pascoe, Peel, Pryce, Quill, Radley, Rook, Sharp, Sheridan, Stroud, Tait, Thorne, Underhill, Vale, Varga,
Wilder, Winslow, Wray, Yardley, Zeller"""),
    ),
    "German": (
        _words(
            "Anke, Bärbel, Dieter, Emil, Frieda, Greta, Jonas, Jörg, Jürgen, Käthe, Lukas, Marlene, Rüdiger, Sabine"
        ),
        _words("Ackermann, Böhm, Brandt, Dörfler, Grünwald, Huber, Krüger, Lindner, Möller, Schäfer, Vogt, Weiß"),
    ),
    "French": (
        _words("Aurélie, Benoît, Camille, Chloé, Élodie, François, Hélène, Inès, Léon, Margaux, Noé, Solène, Théo"),
        _words("Beaulieu, Caron, Delorme, Fontaine, Garnier, Lefèvre, Marchand, Poirier, Rivière, Sénéchal, Tessier"),
    ),
    "Dutch": (
        _words("Anouk, Bram, Daan, Femke, Jasmijn, Joost, Lieke, Maarten, Noor, Sanne, Thijs"),
        _words("Bakker, de Boer, Hendriks, Jansen, Kuipers, Mulder, van Dijk, Visser, Willems, Zijlstra"),
    ),
    "Spanish": (
        _words("Álvaro, Begoña, Carmen, Íñigo, Inés, José, Lucía, Nuria, Pilar, Rubén, Sofía"),
        _words("Álvarez, Castaño, Domínguez, Gálvez, Ibáñez, Muñoz, Peña, Reyes, Sandoval, Vidal"),
    ),
    "Portuguese": (
        _words("Afonso, Beatriz, Catarina, Gonçalo, Inês, João, Leonor, Luís, Rita, Simão"),
        _words("Araújo, Brandão, Conceição, Duarte, Falcão, Magalhães, Pinto, Silva, Tavares"),
    ),
    "Italian": (
        _words("Alessia, Beatrice, Chiara, Davide, Giulia, Lorenzo, Matteo, Niccolò, Ornella, Paola"),
        _words("Barbieri, Conti, D'Amico, Fabbri, Gallo, Lombardi, Marchetti, Rinaldi, Serra, Villa"),
    ),
    "Nordic": (
        _words("Åse, Björn, Elsa, Freja, Gunnar, Ingrid, Jørgen, Kaisa, Lars, Märta, Sigrid, Sven, Sólveig, Väinö"),
        _words(
            "Ahlström, Berg, Dahl, Grönlund, Ibsen, Järvinen, Lund, Nygaard, Østergaard, Sandvik, Thorsen, Virtanen"
        ),
    ),
    "Slavic": (
        _words("Agnieszka, Bohdan, Jadwiga, Kasia, Lukáš, Małgorzata, Marek, Ondřej, Rūta, Tomáš, Zuzana"),
        _words("Černý, Dvořák, Kowal, Lewandowski, Łukasik, Novák, Petrauskas, Wójcik, Zieliński"),
    ),
    "Greek": (
        _words("Alexandros, Despina, Eleni, Giorgos, Katerina, Nikos, Sofia, Thalia, Yannis"),
        _words("Angelou, Christou, Georgiou, Kostas, Markou, Pappas, Stavrou, Vassiliou"),
    ),
    "Levantine": (
        _words("Adel, Dalia, Eitan, Farah, Karim, Layla, Maya, Nadim, Noam, Rania, Yael, Ziad"),
        _words("Aziz, Barak, Darwish, Haddad, Khoury, Levi, Mansour, Nasser, Peretz, Sabbagh"),
    ),
    "East Asian": (
        _words("Aiko, Daichi, Haruka, Hui Min, Jia Wen, Kenji, Mei Ling, Ren, Sakura, Wei, Yuki"),
        _words("Chan, Fujita, Hayashi, Ito, Lau, Lim, Mori, Ng, Okada, Tan, Wong"),
    ),
}

"""The invented organisation: its sites and departments, and names as people at those sites may have them.

Brannock Water builds and runs water systems; about 4,000 people work there.
"""

import unicodedata
from dataclasses import dataclass
from random import Random

DEMO_DOMAIN = "brannock.example"

DEPARTMENTS = (
    "Operations",
    "Finance",
    "People",
    "Legal",
    "Customer Service",
    "Engineering",
    "Data and Technology",
    "Communications",
)


@dataclass(frozen=True)
class Site:
    """A place of work, with the languages that most people there work in."""

    name: str
    time_zone: str
    languages: tuple[str, ...]


LEEDS = Site("Leeds", "Europe/London", ("en",))
ROTTERDAM = Site("Rotterdam", "Europe/Amsterdam", ("en", "nl"))
KRAKOW = Site("Kraków", "Europe/Warsaw", ("en", "pl"))
NAIROBI = Site("Nairobi", "Africa/Nairobi", ("en", "sw"))
SINGAPORE = Site("Singapore", "Asia/Singapore", ("en", "zh"))
SITES = (LEEDS, ROTTERDAM, KRAKOW, NAIROBI, SINGAPORE)


@dataclass(frozen=True)
class Naming:
    """Names that go together. With ``is_family_first`` the whole name is written in that order."""

    given: tuple[str, ...]
    family: tuple[str, ...]
    is_family_first: bool = False


def _naming(given: str, family: str, **facts: bool) -> Naming:
    return Naming(tuple(given.split(", ")), tuple(family.split(", ")), **facts)


NAMES: dict[str, tuple[Naming, ...]] = {
    LEEDS.name: (
        _naming(
            "Alice, Andrew, Bethany, Chloe, Daniel, Eleanor, Gareth, Hannah, Isobel, Jack, Laura, Martin, Nathan, "
            "Olivia, Philippa, Rhys, Ruth, Simon, Thomas, Victoria",
            "Armitage, Barker, Bennett, Clegg, Dawson, Ellis, Firth, Holroyd, Ingham, Kershaw, Lister, Marsden, "
            "Naylor, Pickles, Rowntree, Sykes, Thackray, Utley, Wainwright, Whitaker",
        ),
        _naming(
            "Aisha, Amir, Deepa, Farah, Harpreet, Imran, Meera, Nadia, Priya, Rahul, Sanjay, Zainab",
            "Ahmed, Akhtar, Chaudhry, Dhillon, Hussain, Iqbal, Kaur, Malik, Patel, Rahman, Sandhu, Sharma",
        ),
        _naming(
            "Ada, Chidi, Emeka, Folake, Ifeoma, Kemi, Marcus, Naomi, Tobi, Yvonne",
            "Adeyemi, Bailey, Campbell, Eze, Francis, Nwosu, Okafor, Olawale, Osei, Thompson",
        ),
    ),
    ROTTERDAM.name: (
        _naming(
            "Anouk, Bram, Daan, Elske, Femke, Gijs, Hanneke, Ilse, Jeroen, Koen, Lotte, Maarten, Nienke, Pim, Roos, "
            "Ruben, Sophie, Thijs, Willemijn, Wouter",
            "Aalbers, Bosman, de Graaf, de Wit, Dekker, Hendriks, Jansen, Kuipers, Mulder, Peeters, Postma, Smit, "
            "van den Berg, van der Meer, van Leeuwen, Vermeulen, Visser, Vos, Willems, Zonneveld",
        ),
        _naming(
            "Amina, Bilal, Esra, Hakim, Kerem, Leyla, Mehmet, Naima, Soufiane, Yasmina",
            "Aydin, Bouali, Demir, El Amrani, Haddad, Kaya, Ouali, Tahiri, Yildiz, Ziani",
        ),
        _naming(
            "Dewi, Gaitri, Jerrel, Marlon, Nadira, Rishi, Shanti, Winston",
            "Baldew, Bhagwandin, Kartosen, Latuheru, Pinas, Ramdin, Soekarno, Wijngaarde",
        ),
    ),
    KRAKOW.name: (
        _naming(
            "Agnieszka, Alicja, Barbara, Dorota, Hanna, Joanna, Julia, Karolina, Magdalena, Natalia, Olga, Weronika",
            "Adamska, Baran, Czarnecka, Dudek, Górska, Jabłońska, Kaczmarek, Mazur, Nowak, Pawlak, Sikora, Wilk",
        ),
        _naming(
            "Adam, Bartosz, Filip, Grzegorz, Jan, Krzysztof, Łukasz, Mateusz, Paweł, Rafał, Stanisław, Wojciech",
            "Adamski, Baran, Czarnecki, Dudek, Górski, Jabłoński, Kaczmarek, Mazur, Nowak, Pawlak, Sikora, Wilk",
        ),
        _naming(
            "Andrii, Daria, Iryna, Maksym, Oksana, Olena, Taras, Yuliia",
            "Bondarenko, Hnatiuk, Koval, Kravchuk, Melnyk, Savchenko, Shevchuk, Tkachenko",
        ),
    ),
    NAIROBI.name: (
        _naming(
            "Anne, Brian, Catherine, Dennis, Esther, Grace, Ian, James, Lucy, Mercy, Naomi, Peter, Ruth, Stephen",
            "Gathoni, Kamau, Karanja, Kariuki, Maina, Mburu, Mugo, Muthoni, Mwangi, Ndegwa, Njoroge, Waweru",
        ),
        _naming(
            "Achieng, Akinyi, Calvin, Daniel, Edwin, Faith, Joseph, Kevin, Lilian, Moses, Rose, Victor",
            "Anyango, Barasa, Kiptoo, Musyoka, Mutua, Nekesa, Ochieng, Odhiambo, Okello, Onyango, Simiyu, Wafula",
        ),
        _naming(
            "Abdi, Fatuma, Hassan, Khadija, Neha, Nilesh, Rashid, Zahra",
            "Abdullahi, Ali, Farah, Ibrahim, Mohamed, Omar, Shah, Yusuf",
        ),
    ),
    SINGAPORE.name: (
        _naming(
            "Boon Kiat, Hui Min, Jia Wei, Jun Hao, Kai Xin, Li Ting, Mei Fen, Pei Shan, Shu Hui, Wei Jie, Xin Yi, "
            "Yong Sheng, Zhi Hao, Zi Xuan",
            "Chan, Chew, Goh, Ho, Koh, Lee, Lim, Low, Ng, Ong, Sim, Tay, Teo, Wong",
            is_family_first=True,
        ),
        _naming(
            "Amirah, Farid, Hakim, Haziq, Nadiah, Nurul, Rizal, Siti, Syafiq, Zulaikha",
            "Abdullah, Ahmad, Hamid, Ibrahim, Ismail, Jamal, Osman, Rahman, Salleh, Yusof",
        ),
        _naming(
            "Anand, Divya, Ganesh, Kavitha, Lakshmi, Prakash, Ravi, Shalini",
            "Balakrishnan, Chandran, Krishnan, Menon, Nair, Pillai, Rajan, Subramaniam",
        ),
    ),
}

_PLAIN = str.maketrans({"ł": "l", "Ł": "L", "ø": "o", "ß": "ss"})


def a_name(rng: Random, site: Site) -> tuple[str, str]:
    """First and last name of somebody at this site. Where the family name comes first, the whole name is the first."""
    naming = rng.choices(NAMES[site.name], weights=(5, 3, 2))[0]
    given, family = rng.choice(naming.given), rng.choice(naming.family)
    return (f"{family} {given}", "") if naming.is_family_first else (given, family)


def username_of(*names: str) -> str:
    """A name as people sign in with it: ``zofia.wrona``, ``pieter.vandijk``."""
    parts = (unicodedata.normalize("NFKD", name.translate(_PLAIN)) for name in names if name)
    plain = ("".join(c for c in part if c.isascii() and c.isalnum()) for part in parts)
    return ".".join(plain).lower()


def mail_of(username: str) -> str:
    """The invented address of somebody in the demo."""
    return f"{username}@{DEMO_DOMAIN}"

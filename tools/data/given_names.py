"""Writes ``src/data/en/given_names.txt``: given names that are nearly always of one gender.

The sources are the package names (US Census 1990, public domain), which has the share of each name
among men and among women, and a handwritten list of names that occur in the news but hardly in the
census. A name is included if its share in one group is thirty times that in the other.

    pip install names==0.3.0
    python tools/data/given_names.py
"""

from __future__ import annotations

from pathlib import Path

import names

TIMES = 30
LEAST = 0.004

MEN = """Abdullah Abdul Abdel Aleksandr Alexei Anatoly Anwar Ashraf Bashar Benyamin Binyamin Bjorn Boris Dmitry Emmanuel Emmerson Evo
Faisal Francois Gerhard Giuseppe Giorgio Hamid Hassan Helmut Hugo Hussein Ibrahim Igor Imran Ivan Jacques Jair Jean-Claude Jens
Joao Joerg Jorge Juergen Kamal Keir Khalid Kofi Lech Luiz Mahathir Mahmoud Matteo Mateo Mauricio Mikhail Mohamed Mohammad Mohammed
Muammar Muhammad Narendra Nawaz Nelson Nicolas Nikolai Nikos Olaf Oleg Omar Pervez Petro Pierre Rahul Rajiv Recep Riccardo Saddam
Salman Sergei Sergey Silvio Slobodan Soren Stefan Sven Tariq Tayyip Thabo Tomasz Uhuru Vaclav Viktor Vladimir Volodymyr Wolfgang
Xavier Yasser Yitzhak Yoshihiro Yuri Yusuf Kwabena Kwame Dmitri Aleksei Andrei Gerard Giovanni Hans Julian Klaus Lars Niels Nasser"""

WOMEN = """Agnieszka Aisha Aleksandra Anjali Annegret Annelies Ayesha Beata Benazir Brigitte Cristina Dilma Ekaterina Elena Fatima Fatma
Fumiko Giorgia Giulia Gro Hillary Indira Ingrid Isabelle Ivanka Jacinda Jadwiga Kamala Kersti Khadija Leila Ludmila Magdalena Malala
Marina Marine Mamata Melania Michelle Nadia Natalia Nicola Olena Olga Oksana Priya Priyanka Ruth Sanna Segolene Sheila
Siobhan Sonia Svetlana Tatiana Theresa Ursula Valentina Yulia Yuliya Yuriko Zainab Zeinab Katharina Denise Beatriz Soledad"""


def shares(file: str) -> dict[str, float]:
    """Read the percentage of people with each name."""
    lines = (Path(names.__file__).parent / file).read_text().splitlines()
    return {line.split()[0]: float(line.split()[1]) for line in lines}


def main() -> None:
    """Write the list."""
    men, women = shares("dist.male.first"), shares("dist.female.first")
    found: dict[str, str] = {}
    for name in men.keys() | women.keys():
        man, woman = men.get(name, 0.0005), women.get(name, 0.0005)
        if man >= TIMES * woman and man >= LEAST:
            found[name.capitalize()] = "m"
        elif woman >= TIMES * man and woman >= LEAST:
            found[name.capitalize()] = "f"
    found.update(dict.fromkeys(MEN.split(), "m"))
    found.update(dict.fromkeys(WOMEN.split(), "f"))

    out = Path(__file__).parents[2] / "src/data/en/given_names.txt"
    lines = [
        "# Given names that are nearly always a man's (m) or a woman's (f). Made by tools/data/given_names.py, see README.md."
    ]
    lines += [f"{name} {gender}" for name, gender in sorted(found.items())]
    out.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(len(found), out.stat().st_size)


if __name__ == "__main__":
    main()

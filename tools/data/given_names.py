"""Writes two lists of given names to ``src/data/en``.

``given_names.txt``: given names that are nearly always of one gender. ``first_names.txt``: given
names that are hardly surnames, so that a single one means somebody by the given name.

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
RATHER = 10

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


OTHERS = """Ade Agnes Aiko Akira Alejandra Amal Amara Amina Anders Andriy Angus Anke Anneliese Annika Anton Antoine Antoni Antonin Anu
Arash Ariana Arjun Arvind Asif Asim Astrid Ayman Ayelet Azra Barack Bartek Bengt Bernd Beyonce Bibi Birgit Bjarne Bo Bogdan Bohdan Branko Bruno
Camilla Carine Carsten Cecilie Chiara Chidi Chinedu Chloe Ciara Ciaran Claus Clemence Conor Cy Damian Danuta Darko Declan Deepak Delphine
Desmond Dieter Dirk Dmytro Donatella Dragan Eamon Edouard Eilidh Einar Elif Eleni Elon Emeka Emil Emile Emmanuelle Enda Enrico Enzo Erika
Esben Eszter Eugenia Ewa Ezra Farah Farhad Fiona Fleur Florian Francesca Franck Fredrik Freya Frida Friedrich Gabor Gareth Gemma Georgios Gianni
Gideon Goran Gudrun Guido Guillaume Gunnar Gunther Gustav Hakan Hamza Hanna Hannelore Haruki Heidi Heiko Helga Henk Henrik Hiroshi Holger
Hugues Ifeanyi Ilse Imelda Ines Ingmar Iryna Isabella Isadora Iva Ivo Jadranka Jakub Jan Janusz Jarek Javad Jean-Luc Jean-Marie Jeroen Jiri
Joachim Johan Johannes Joost Josef Juha Jurgen Jussi Kader Karel Karim Karin Karsten Kateryna Katja Katrin Katrina Kaya Keiko Kemal Kenji Kerstin
Keziah Kieran Kirsten Konrad Konstantin Kostas Krzysztof Kurt Kwasi Kylian Laszlo Lasse Lavinia Leif Leonie Leszek Liam Liv Lorenzo Lothar Luca
Lucia Ludovic Luka Lukas Maciej Magnus Mahmood Maite Malcolm Malgorzata Manfred Manuela Marcin Marek Margrethe Maria Mariam Marie Mario Marit
Marko Marta Martina Mats Matthias Mattias Maud Maurizio Meera Mehdi Mehmet Melanie Mette Michal Michele Miguel Mika Milos Mira Miroslav Mirza
Mohsen Moira Mona Monique Morten Mustafa Naomi Natasha Nadine Niall Nicole Niklas Nils Nina Ngozi Nkem Nora Noor Oisin Olivier Olu Oluwaseun
Orla Oscar Oskar Otto Paolo Pascal Patrice Patrick Paulo Pavel Pawel Pedro Penelope Per Petr Petra Philippa Pia Pieter Pilar Piotr Poppy Radek
Rafael Rafa Raghav Raisa Ralf Ramesh Rania Rashid Raul Reem Reinhard Rene Renata Renate Rhys Rishi Rohan Rolf Ronan Rosalind Rowena Rui
Ruediger Sabine Sadiq Sajid Salma Samira Sanjay Saoirse Sean Sebastian Seamus Selma Senan Sergio Seun Shahid Shirin Shinzo Sigrid Silke Simone
Sina Sinead Siri Sofia Solveig Stefania Steffen Stein Stellan Stephane Sujata Sumaya Sunita Suresh Susanne Sushma Sylvie Tadeusz Taiwo Tamar
Tamara Tancredi Tarja Tatjana Tetiana Thea Theo Thierry Thijs Thorsten Thomas Tiina Timo Tobias Tomas Tommaso Toru Tove Tristan Trond Tuomas
Ulf Uli Ulla Ulrich Ulrike Umar Uwe Vaclava Vera Veronika Vesna Vijay Vikram Viola Virginie Vivek Waleed Walid Walter Wei Werner Wilhelm Willem
Aarav Abebe Abena Adaeze Adwoa Afia Akua Amadou Aminata Ananya Anele Angelica Aroha Ayanda Ayodele Babatunde Bandile
Bongani Bukola Busisiwe Caio Camila Catalina Chinwe Chipo Citlali Cristobal Dayo Deepika Devika Diego Divya Eduardo
Efua Eko Esi Esperanza Fadi Farai Farid Fatou Felipe Fernanda Folake Funmi Gabriela Ganesh Gautam Hinemoa
Ibrahima Ifeoma Imani Inés Isha Itumeleng Jacinta Joaquin Joaquín Kagiso Kalpana Karabo Kavita Kiran Kudzai Kunal
Kwesi Lakshmi Layla Lerato Lesego Lindiwe Lucía Lwazi Mahesh Mamadou Manoj Mateus Matías Mbali Meena Modupe
Mpho Mukesh Nandini Neha Nia Nikhil Nilesh Njeri Nkosana Nomsa Nosipho Nurul Nyambura Ousmane Pablo Padma Palesa Paulina Pooja
Pradeep Putri Rajesh Rakesh Ravi Rekha Rodolfo Rukmini Sachin Sadia Salif Sandeep Sanele Sello Shanthi
Sibusiso Simphiwe Siti Sizwe Sunil Tafadzwa Tamati Tendai Thabiso Thandi Themba Thiago Tomás Tunde Uchenna Ujjwal Vanessa Vikas Vinod
Violeta Vusi Wangui Wanjiku Wanjiru Wayan Wiremu Ximena Yaw Yemi Yetunde Zanele Zodwa Zulaikha Zuri
Wim Wojciech Yael Yannick Yannis Yasmin Yasmine Yelena Yevgeny Yoko Yolanda Youssef Yves Yvette Zeynep Zlatan Zoe Zoltan Zora Zuzana"""


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

    about = "# Given names that are nearly always a man's (m) or a woman's (f)."
    write("given_names.txt", about, [f"{name} {gender}" for name, gender in sorted(found.items())])

    surnames = shares("dist.all.last")
    given = {name: men.get(name, 0) + women.get(name, 0) for name in men.keys() | women.keys()}
    first = {name.capitalize() for name, share in given.items() if share >= RATHER * surnames.get(name, 0)}
    first.update(OTHERS.split())
    write("first_names.txt", "# Given names that are hardly surnames.", sorted(first))


def write(file: str, about: str, names: list[str]) -> None:
    """Write a list."""
    out = Path(__file__).parents[2] / "src/data/en" / file
    lines = [f"{about} Made by tools/data/given_names.py, see README.md.", *names]
    out.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(len(names), out.stat().st_size)


if __name__ == "__main__":
    main()

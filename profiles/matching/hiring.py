"""What any job post says about the hiring itself, as lemmas: no skill is asked for by them (P8).

How common a word is can't tell these from the words of a trade: “candidate” is as rare as “audit”.
So they are listed, and no others.
"""

from typing import Final

_ENGLISH: Final = """
applicant apply application available availability bonus budget candidate contract contractor
deadline deliverable deliver detail detailed duration estimate excellent experience experienced
expert fixed freelance freelancer full-time fulltime help hire hiring hour hourly ideal interview
invite job knowledge look month monthly need ongoing part-time parttime pay payment please plus
portfolio preferred preferably price project proposal propose proven quality rate reliable require
requirement responsibility responsible sample seek skill skilled strong task team timeline
understand understanding upwork weekly week year yearly attach proficient proficiency familiar
familiarity solid ability must nice must-have nice-to-have musthave posted connects location remote
worldwide mandatory expertise budgeted thanks hello hi regards long-term longterm short-term
ideally similar previous attention professional work hr hrs
"""
_OTHERS: Final = """
suchen gesucht erfahrung erfahren kenntnis bewerbung bewerben stunde monat woche bitte angebot
stellen fähigkeit freiberuflich benötigen idealerweise stundensatz festpreis
шукати досвід потрібно потрібен потрібний бюджет година місяць тиждень навичка проєкт проект
пропозиція вимога плюс обов'язок опыт искать нужен нужно нужный час месяц неделя навык ставка
buscar experiencia presupuesto proyecto hora semana mes chercher expérience projet heure semaine
"""

_ROLES: Final = """
developer engineer programmer specialist consultant
entwickler desarrollador desarrolladora développeur розробник разработчик
"""
ROLES: Final = frozenset(_ROLES.split())
"""Who does it, as lemmas: a “WordPress developer” is looked for by WordPress."""

HIRING: Final = frozenset(f"{_ENGLISH} {_OTHERS}".split())

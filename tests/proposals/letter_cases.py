"""For every check of a letter: what must and what must not set it off."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from proposals.checks import Asked, Requested

POST: Final = Asked(
    title="Shopify developer to speed up our checkout",
    text="Our Shopify store loses carts on mobile phones. The theme is Dawn with 14 apps on it. We "
    "need somebody who finds out why the checkout is slow and fixes it. Thanks, Maria",
    skills=("Shopify", "Liquid", "JavaScript"),
    client_name="Maria",
)
START: Final = (
    "Hi Maria,\n\nfourteen apps on Dawn usually means that three of them load before the cart "
    "does. I would record one slow checkout on a phone."
)
END: Final = "Which phone do most of your customers use?\n\nAnn"
GOOD: Final = f"{START}\n\n{END}"


@dataclass(frozen=True, slots=True)
class Case:
    letter: str
    asked: Asked = POST
    sent_before: tuple[str, ...] = ()
    other_clients: tuple[str, ...] = ()


def within(text: str, asked: Asked = POST, *others: str) -> Case:
    """The text as a paragraph of a good letter."""
    return Case(f"{START}\n\n{text}\n\n{END}", asked, (), others)


def begun(text: str, asked: Asked = POST) -> Case:
    """The text before a good letter."""
    return Case(f"{text} {GOOD.removeprefix('Hi Maria,').strip()}", asked)


def _asking(*questions: str, text: str = "") -> Asked:
    return replace(POST, questions=questions, text=f"{POST.text} {text}")


def _wanting(text: str, word: str = "") -> Asked:
    return replace(POST, requests=(Requested(text, word),))


def _named(name: str) -> Asked:
    return replace(POST, client_name=name, text=POST.text.removesuffix(" Thanks, Maria"))


_CONTRACT: Final = replace(POST, has_contract=True)
_NAMELESS: Final = _named("")
_OTHERS: Final = "I carry boxes up stairs and down again, one at a time. "
_MASS: Final = (
    "I am a hard worker with many happy clients all over the world. I always keep what I say and "
    "finish in good time. My communication is clear and I answer within an hour on every day of "
    "the week, also on holidays. When can we begin?"
)
_DOGS: Final = Asked(
    title="Illustrations for a book about dogs",
    text="Twelve watercolour illustrations of terriers for a picture book, with a cover.",
    skills=("Illustration", "Watercolor"),
)
_BANANA: Final = _wanting("Start your proposal with the word BANANA", "BANANA")
_ANYWHERE: Final = _wanting("Mention the word “purple cow” somewhere", "purple cow")
_LIST: Final = "\n".join(
    f"- {name}"
    for name in ("Web design", "Logos", "SEO", "Ads", "Videos", "Copywriting", "Data entry", "Apps")
)

MUST: Final[dict[str, list[Case]]] = {
    "contact-details": [
        within("Write to ann.smith@gmail.com and I answer today."),
        within("Write to ann.smith (at) gmail (dot) com."),
        within("My address: ann dot at gmail dot com"),
        within("Write me: annsmith at gmail dot com"),
        within("ann@ my-studio.com".replace("@ ", "@")),
        within("Call +380 44 123 45 67."),
        within("Call me at (212) 555-0187."),
        within("My number is 2125550187."),
        within("WhatsApp: +44 7700 900123"),
        within("I'm on t.me/ann_codes all day."),
        within("Book a slot: https://calendly.com/ann/30min"),
        within("https://us02web.zoom.us/j/85512345678"),
        within("Skype: live:ann.smith"),
        within("My skype is annsmith"),
        within("Telegram @ann_codes"),
        within("Мій телеграм: @ann_codes"),
        within("skype id: annsmith"),
        within("Discord: ann_codes"),
    ],
    "contact-elsewhere": [
        within("Let's talk on WhatsApp."),
        within("Can we discuss the details over Telegram?"),
        within("Please contact me on Skype."),
        within("You can reach me via email."),
        within("Add me on your Skype, please."),
        within("It is faster to continue outside of Upwork, so message me off the platform."),
        within("What is your WhatsApp number?"),
        within("Please email me."),
    ],
    "payment-outside": [
        within("You can pay me via PayPal."),
        within("I accept PayPal and Payoneer."),
        within("Please send half to my PayPal first."),
        within("We could work outside of Upwork and save the fees."),
        within("Payment by bank transfer is fine too."),
        within("If you like we can avoid the Upwork fee."),
        within("https://paypal.me/annsmith"),
        within("I prefer to be paid in crypto: 0x52908400098527886E0F7030069857D2E4169EE7"),
        within("You can pay me via PayPal.", _CONTRACT),
        within("From now on we can continue outside of Upwork.", _CONTRACT),
    ],
    "placeholder-empty": [
        begun("Hi {{ client_name }},"),
        within("I saw {{problem}} and know it."),
        within("{{ a }}"),
    ],
    "placeholder-broken": [
        within("I saw {{ x.y }} there."),
        within("I know {{ your trade well."),
        within("It is }} done."),
    ],
    "blank-left": [
        begun("Hi [CLIENT NAME],"),
        begun("Hi [Client's name],"),
        begun("Hi <name>,"),
        begun("Hi <Client Name>,"),
        begun("Dear XXX,"),
        begun("Dear ____,"),
        begun("Dear ,"),
        begun("Hi ...,\n"),
        begun("Dear,\n"),
        within("I have worked for [COMPANY NAME] for years."),
        within("It will take [insert number of days] days."),
        within("I know {your_niche} well."),
        within("It takes xxx days."),
        within("I know the site of [SCHOOL NAME] and of [school name]."),
        within("I have seen [ANY OTHER THING]."),
        within("I know %PROJECT_NAME% well."),
        within("I have worked for (insert company name) too."),
    ],
    "other-client-greeted": [
        replace(Case(GOOD.replace("Maria", "Peter")), other_clients=("Peter",)),
        replace(Case(GOOD.replace("Maria", "Peter")), other_clients=("Ann", "Peter Novak")),
        replace(
            Case(GOOD.replace("Maria", "Brightwater Dental")), other_clients=("Brightwater Dental",)
        ),
        within("Thank you, Peter.", _NAMELESS, "Peter Novak"),
    ],
    "other-client-named": [
        within("I would love to help Peter Novak with it.", POST, "Peter Novak"),
        within("At Brightwater Dental you need speed.", POST, "Brightwater Dental"),
        within("I know that Novakowski is growing.", POST, "Novakowski"),
    ],
    "client-name-wrong": [
        Case(GOOD.replace("Maria", "Peter")),
        Case(GOOD.replace("Hi Maria", "Dear Mr. Johnson")),
        Case(GOOD.replace("Hi Maria", "Hello Olga"), _named("Bernard Low")),
    ],
    "client-name-misspelt": [
        Case(GOOD.replace("Maria", "Mraia")),
        Case(GOOD.replace("Maria", "Katarzina"), _named("Katarzyna")),
        within("I know what Brigthwater needs.", _named("Brightwater")),
        Case(GOOD.replace("Maria", "Jonh"), _named("John")),
    ],
    "length-limit": [
        Case(GOOD + " more" * 1_000),
        Case("x" * 5_001),
        Case("Слово " * 900),
    ],
    "length-long": [
        Case(f"{START} {_OTHERS * 25}\n\n{END}"),
        Case(f"{START} {_OTHERS * 60}\n\n{END}", _asking("Which phone?")),
        Case(f"{'Я ношу коробки вгору і вниз. ' * 60}Чому?"),
    ],
    "length-short": [
        Case("Yes, I can.", _asking("Who?", "When?", "Where?")),
        Case("I am ready to start now.", _asking("How much?", "By when?")),
        Case("Так, усе зроблю.", _asking("Скільки?", "Коли?", "Де?")),
    ],
    "code-word-missing": [
        Case(GOOD, _BANANA),
        Case(GOOD, _ANYWHERE),
        Case("I like bananas. " + GOOD, _BANANA),
    ],
    "code-word-late": [
        Case(GOOD + "\n\nBANANA", _BANANA),
        Case(GOOD.replace("\n\nAnn", " Banana!"), _BANANA),
        within("Banana.", _wanting("Put “banana” at the top of your letter", "banana")),
    ],
    "request-unmet": [
        Case(GOOD.replace("fourteen", "many").replace("three", "most"), _wanting("Tell your rate")),
        Case(GOOD, _wanting("Send two samples of your work")),
        Case(GOOD, _wanting("Please say in which time zone you are")),
    ],
    "question-unanswered": [
        Case(GOOD, _asking("Have you worked with Klaviyo?")),
        Case(GOOD, _asking("What is your time zone?")),
        Case(GOOD, _asking("Can you share samples of your work?")),
        Case(GOOD, _asking("When could you begin?")),
        Case(GOOD, _asking("Do you own a drone?")),
    ],
    "generic": [
        Case(_MASS),
        Case(_MASS, _DOGS),
        Case(GOOD, _DOGS),
    ],
    "generic-and-shared": [
        Case(_MASS, POST, ("Something else.", _MASS)),
        Case(_MASS, _DOGS, (f"Hello Ann. {_MASS}",)),
        # Its words are this post's too, but they were written for another one.
        Case(GOOD, POST, (GOOD,)),
    ],
    "mostly-shared": [
        Case(f"{START} {_OTHERS * 20}{END}", POST, (_OTHERS * 20,)),
        Case(f"{START}\n\n{_MASS * 3}", POST, (_MASS * 3,)),
        Case(f"{START}\n\n{_MASS * 3}", POST, ("", "x", _MASS.upper() * 3)),
    ],
    "opening-greeting": [
        begun("Dear Hiring Manager,\n\n"),
        begun("Dear Sir/Madam,\n\n"),
        begun("To whom it may concern:\n\n"),
        begun("Hi Maria, I hope this message finds you well."),
        begun("Hello there! Hope you are doing great."),
        begun("Hi. How are you today?"),
        begun("Hello, thank you for posting this job."),
        begun("Greetings!"),
    ],
    "opening-introduction": [
        begun("My name is Ann Smith."),
        begun("Hi Maria, my name is Ann and I live in Lviv."),
        begun("I'm Ann, a developer from Lviv."),
        begun("Hello! I am an experienced web developer."),
        begun("I am a developer with over 7 years of experience."),
        begun("I have 10+ years of experience."),
        begun("With over five years of experience in shops, I know them."),
    ],
    "opening-formula": [
        begun("I am writing to apply for the position."),
        begun("Hi Maria, I read your job post carefully."),
        begun("I have gone through your project description and understood it."),
        begun("After reading your job description I know what to do."),
        begun("I'm very interested in your project."),
        begun("I am the perfect fit for this job."),
        begun("I am confident that I can do it."),
        begun("I would like to apply for this role."),
    ],
    "sells": [
        within("Hire me and sleep well."),
        within("I can offer you a 20% discount on it."),
        within("You get 10% off."),
        within("Order now."),
        within("This is a special offer for new clients."),
        within("You will not find the cheapest price... but my best price is yours."),
        within("Choose one of my packages."),
    ],
    "price-list": [
        within("Basic: $50\nStandard: $100\nPremium: $200"),
        within("- Logo 30 EUR\n\n- Banner 40 EUR\n\n- Page 200 EUR"),
        within("1 page: 20$\n2 pages: 35$\n5 pages: 80$"),
    ],
    "service-list": [
        within(f"My services:\n{_LIST}"),
        within(
            "I offer web design, logos, search ads, videos, copywriting, data entry, apps and "
            "translations."
        ),
        within("What I can do:\n\n" + _LIST),
    ],
    "no-question": [
        Case(START),
        Case(GOOD.replace("Which phone do most of your customers use?", "I am waiting for you.")),
        Case("What a week?\n\n" + START * 4),
        Case(f"{START}\n\nLooking forward to hearing from you.\n\nBest regards,\nAnn"),
        Case("Я зробив би запис повільного замовлення на телефоні, і ще один на великому екрані."),
    ],
    "question-long": [
        Case(f"{START}\n\nWhich {'of the many old and new phones and screens ' * 6}is it?"),
        Case(f"{START}\n\nCould you send me {'one more list, ' * 20}please?\n\nBest,\nAnn"),
        Case(f"{START}\n\nЯк {'часто і коли і де ' * 12}це буває?"),
    ],
}

MUST_NOT: Final[dict[str, list[Case]]] = {
    "contact-details": [
        within("See https://annsmith.dev/work and github.com/annsmith."),
        within("Write to ann.smith@gmail.com and I answer today.", _CONTRACT),
        within("I cut 2,400,000 rows to 1,200,000 between 2019-05-12 and 2021-03-04."),
        within("I built a bot for Telegram: bots are what I like."),
        within("git clone git@github.com:ann/shop.git shows how."),
        within("Your form takes user@example.com and sends nothing."),
        within("I worked at Yahoo.com for two years, and at Outlook too."),
        within("The site answers at 192.168.100.101:8000 and costs $1,000,000,000."),
        within("ISBN 978-3-16-148410-0 is my book."),
        within("Happy to have a short Zoom call in Upwork's messages."),
        within("WhatsApp: the API sends receipts. Slack: a bot tells the team."),
        within("My Telegram bot has 20 users, my Slack is quiet."),
        within(
            "I'd move help@tea-shop.com to another host.",
            replace(POST, text=f"{POST.text} Our mail is help@tea-shop.com."),
        ),
    ],
    "contact-elsewhere": [
        within("Your customers chat with you on WhatsApp, and the bot answers them."),
        within("I connect your shop to Telegram and Slack via their API."),
        within("Happy to talk in a call here on Upwork."),
        within("Let's talk on WhatsApp.", _CONTRACT),
        within("I write email campaigns and would test them via email templates."),
        within("Your users can contact you on Telegram."),
        within("Let us talk about email flows first."),
    ],
    "payment-outside": [
        within("I did the PayPal integration for a shop with bank transfers."),
        within("Customers can pay by bank transfer or via PayPal at your checkout."),
        within("We never work outside of Upwork."),
        within("Most of the projects I did were outside of Upwork, with testimonials."),
        within("I reconcile PayPal and Wise statements every week."),
        within("The fee that PayPal takes is in your report."),
        within("I built a crypto wallet and a Bitcoin exchange."),
        within("Stripe and PayPal are both on the page, and payment via PayPal fails in your app."),
    ],
    "placeholder-empty": [within("{ one }"), within("a {b} c"), Case(GOOD)],
    "placeholder-broken": [within("{ x }"), within("f(x) { return { a: 1 }; }"), Case(GOOD)],
    "blank-left": [
        within("It is [1] and [link](https://a.dev), [sic] and [see below]."),
        within("I use <div> and <title> and List<Name> in <b>bold</b>."),
        within("Super Bowl XXX and an XXXL shirt."),
        within("______________\nAnn"),
        begun("Hi,"),
        begun("Hello!"),
        begun("Dear Maria,"),
        within("Call fix_cart_2() with {id} and %d."),
    ],
    "other-client-greeted": [
        replace(Case(GOOD), other_clients=("Maria Novak", "Maria")),
        replace(Case(GOOD), other_clients=("Peter",)),
        replace(Case(GOOD.replace("Hi Maria", "Hi there")), other_clients=("Peter", "Team There")),
        replace(Case(GOOD.replace("Maria", "Will")), other_clients=("Willow",)),
    ],
    "other-client-named": [
        within("Will you tell me? Mark it.", POST, "Will", "Mark"),
        within("I know Shopify well.", POST, "Shopify"),
        within("I like apple pie and a rose.", POST, "Apple", "Rose"),
        Case(GOOD, other_clients=("Peter Novak", "Phone Inc")),
    ],
    "client-name-wrong": [
        Case(GOOD),
        Case(GOOD.replace("Hi Maria", "Hi there")),
        Case(GOOD.replace("Hi Maria", "Hello Team")),
        Case(GOOD.replace("Maria", "Mike"), _named("Michael Brown")),
        Case(GOOD.replace("Maria", "Peter"), _named("")),
        Case(GOOD.replace("Maria", "Peter"), _named("Brightwater Ltd")),
        Case(GOOD.replace("Hi Maria", "Dear Ms. Lopez"), _named("Maria López")),
        Case("Fourteen apps are many. " + GOOD, _named("Peter")),
    ],
    "client-name-misspelt": [
        Case(GOOD),
        Case(GOOD.replace("Maria", "María")),
        Case(GOOD.replace("Maria", "Alex"), _named("Alexander")),
        Case(GOOD.replace("Hi Maria", "Привіт Маріє"), _named("Марія")),
        within("Brightwater's shop is fine.", _named("Brightwater")),
    ],
    "length-limit": [Case("x" * 5_000), Case(GOOD), Case("Слово " * 800)],
    "length-long": [
        Case(GOOD),
        Case(f"{START} {_OTHERS * 12}{END}"),
        Case(f"{START} {_OTHERS * 30}{END}", _asking("Why?", "What else?")),
        Case(f"{START} {_OTHERS * 25}{END}", replace(POST, text="We look for help. " * 200)),
    ],
    "length-short": [
        Case(GOOD, _asking("Who?", "When?", "Where?")),
        Case("Yes, on Monday.", _asking("Can you start on Monday?")),
        Case("Hi Maria, I can."),
    ],
    "code-word-missing": [
        Case("Banana. " + GOOD, _BANANA),
        Case("BANANA!\n" + GOOD, _BANANA),
        within("A Purple\nCow, as you wish.", _ANYWHERE),
        Case(GOOD, _wanting("Tell us about yourself")),
    ],
    "code-word-late": [
        Case("BANANA\n\n" + GOOD, _BANANA),
        Case(GOOD.replace("Maria,", "Maria, (banana)"), _BANANA),
        within("A purple cow, as you wish.", _ANYWHERE),
    ],
    "request-unmet": [
        within("My rate is $40 an hour.", _wanting("Tell your rate")),
        within("An example: tea-shop.com, last spring.", _wanting("Send two samples of your work")),
        within("I live in Lviv.", _wanting("Please say in which time zone you are")),
        Case(GOOD, _wanting("Write like a human being")),
        Case("Hi Maria", _wanting("Tell your rate")),
    ],
    "question-unanswered": [
        within("Yes, a welcome flow in Klaviyo.", _asking("Have you worked with Klaviyo?")),
        within("I live in Lviv, two hours ahead of you.", _asking("What is your time zone?")),
        within("See https://annsmith.dev/tea.", _asking("Can you share samples of your work?")),
        within("From Monday on.", _asking("When could you begin?")),
        Case(GOOD, _asking("What do you find the biggest challenge?", "Why are you a good fit?")),
        Case(GOOD, _asking("How would you find the slow app?")),
        within("1. Yes.\n2. No.", _asking("Do you own a drone?", "Do you paint?")),
        Case(GOOD, _asking("Чи працювали ви раніше з поштовими розсилками та опитуваннями?")),
        Case("Begun.", _asking("Do you own a drone?")),
    ],
    "generic": [
        Case(GOOD),
        Case("Checkout trouble is dull and can be measured, so I measure before I change it."),
        Case("I have read it.", _DOGS),
        Case(_MASS, Asked(title="Help", text="I need help.")),
        Case("Ich messe zuerst, wo die Zeit auf den Telefonen bleibt, und ändere es danach. Gern."),
    ],
    "generic-and-shared": [
        Case(GOOD, POST, (_MASS,)),
        Case(f"{START} {_MASS}", POST, (_MASS,)),
        Case(_MASS, POST, ("Something else.",)),
    ],
    "mostly-shared": [
        Case(GOOD, POST, (_MASS,)),
        Case(f"{START} {_MASS}", POST, (_MASS,)),
        Case(_MASS, POST, tuple(_MASS.split("."))),
        Case(_MASS, POST, (*("x",) * 10, _MASS)),
    ],
    "opening-greeting": [
        Case(GOOD),
        begun("Hi,"),
        begun("Hi there,"),
        begun("Good morning Maria,"),
        Case(f"{START * 2} I hope this finds you well. {END}"),
        begun("Hiring a manager was right, he can measure."),
    ],
    "opening-introduction": [
        Case(GOOD),
        begun("I am glad that somebody asks about carts."),
        begun("I have 3 questions about Dawn."),
        begun("With Dawn and 14 apps a cart is slow."),
        begun(
            "I have 10 years of experience.", _asking(text="How many years of experience have you?")
        ),
        Case(f"{START * 2} My name is Ann. {END}"),
        begun("This is a known problem of Dawn."),
    ],
    "opening-formula": [
        Case(GOOD),
        begun("I read your post about carts that are lost on mobile phones."),
        begun("I saw in your post that 14 apps are installed."),
        begun("I am interested in why the cart is slow."),
        begun("I found the slow app in your shop."),
        Case(f"{START * 2} I read your job post. {END}"),
    ],
    "sells": [
        within("The 'buy now' button is late, and your discount code field is slow."),
        within("Your “Order now” link leads nowhere."),
        within("A client who hired me twice left it on."),
        within("Shops hire me when it is late."),
        within("I would test a 20% off banner."),
        within("Please don't hire me before you see it."),
        within("You could buy a faster theme for it."),
    ],
    "price-list": [
        within("An audit is $200."),
        within("It made $50 and then $100 and $200 a day."),
        within("Basic: $50\nStandard: $100\nPremium: $200", _asking(text="What is your price?")),
        within("Step one\nStep two $5\nStep three"),
    ],
    "service-list": [
        within(f"This is my plan:\n{_LIST}"),
        within("My services:\n- Shopify\n- Liquid"),
        within("I offer web design, logos, and apps."),
        within("I saw red, green, blue, black, white, pink, brown, and grey."),
    ],
    "no-question": [
        Case(GOOD),
        Case("Hi."),
        Case(f"{START}\n\nWould Tuesday at ten suit you for a first look."),
        Case(f"{START}\n\nWhich phone is it? I ask because they differ.\n\nKind regards,\nAnn"),
        Case("Я зробив би запис повільного замовлення на телефоні. Який телефон у більшості?"),
        Case(
            "カートが遅い理由を調べて、直します。まずは一台の電話で記録します。" * 3
            + "どの電話ですか？"
        ),
    ],
    "question-long": [
        Case(GOOD),
        Case(f"{START}\n\nWhich {'of the old phones ' * 12}is it? And why?"),
        Case(START),
    ],
}

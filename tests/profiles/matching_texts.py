"""Job posts and profiles of several trades, all written for these tests (P8)."""

from profiles.content import Content, PortfolioItem

SEO_POST = """Technical SEO audit for a Shopify store
We are looking for an experienced SEO specialist who can run a technical SEO audit of our e-commerce
store (about 2,000 pages). You will:
- crawl the site with Screaming Frog and fix crawl errors
- review Core Web Vitals and schema markup
- set up Google Analytics 4 and Google Search Console
Must have experience with Shopify. Budget: $500 fixed price. Please send a sample report.
Skills: Search Engine Optimization, Google Analytics 4, Shopify, Technical SEO"""

GO_POST = """Golang backend developer needed
We go live in May and need a Go developer with PostgreSQL and Docker. Your services must talk to a
React.js frontend. Knowledge of C++ is a plus. gRPC, Kubernetes.
Skills and Expertise
Mandatory skills
Golang
PostgreSQL
gRPC
Docker"""

GERMAN_POST = """Deutsche Übersetzerin für juristische Texte gesucht
Wir suchen eine erfahrene Übersetzerin für Verträge und Datenschutzerklärungen vom Englischen ins
Deutsche. Erfahrung mit Trados und Terminologiedatenbanken ist notwendig. Die Verträge sind etwa
40 Seiten lang.
Fähigkeiten: Übersetzung, Vertragsrecht, SDL Trados, Lektorat"""

UKRAINIAN_POST = """Потрібен дизайнер лендінгу у Figma
Шукаємо дизайнера, який зробить лендінг для стоматологічної клініки. Потрібні макети у Figma,
адаптивна верстка на Webflow та іконки. Досвід з анімацією буде плюсом.
Навички: Figma, Webflow, вебдизайн"""

PASTED_POST = (
    "<div class='air3'><h2>Bookkeeper for&nbsp;QuickBooks Online</h2><p>Monthly bank"
    " reconciliation, accounts payable &amp; receivable.<br>Sales tax filing for a US"
    " e&#8209;commerce business.</p><ul><li>QuickBooks On\u200bline</li><li>Xero</li></ul>"
    "<script>var a = 1 < 2</script>"
    "<p>Hourly: $15-$25 &bull; Less than 30 hrs/week</p></div>"
)

MAIL_POST = """Email copywriter, Klaviyo flows
I need a copywriter for welcome series, abandoned cart and post-purchase flows in Klaviyo. A/B
testing of subject lines. Fluent English."""

JAVA_POST = """Java developer for a Spring Boot service
Our Java code base needs a developer who knows Spring Boot and Hibernate. Some C and R scripts have
to be ported.
Skills: Java, Spring Boot, Hibernate, C, R"""

VIDEO_POST = """Video editor for YouTube podcasts
Cut weekly podcast episodes in Premiere Pro, add captions and motion graphics in After Effects.
Color grading in DaVinci Resolve.
Tools: Adobe Premiere Pro, After Effects, DaVinci Resolve"""

LONG_POST = (SEO_POST + "\n" + "We like people who answer and who tell us what they think. " * 400)[
    :20_000
]

SEO = Content(
    title="SEO specialist for online shops",
    overview="I find out why shops lose visitors. My technical audits cover crawl errors, Core Web "
    "Vitals and structured data.\n"
    + "I like clear words and short reports that owners read. "
    * 6
    + "\nI work with Google Analytics 4, the Google Search Console and Screaming Frog every day, "
    "mostly for ecommerce on Shopify.",
    skills=(
        *("SEO", "Technical SEO", "Shopify", "On-Page SEO", "Keyword Research"),
        *("Google Analytics 4", "Link Building"),
    ),
)
BACKEND = Content(
    title="Backend engineer: Go and Python",
    overview="I build services in Golang that stay up. I go through logs before I guess. Postgres, "
    "docker compose and kubernetes are my daily tools. I also know JavaScript.",
    skills=("Go", "PostgreSQL", "Docker"),
    portfolio=(PortfolioItem("Payments", "A gRPC service for a bank."),),
)
TRANSLATOR = Content(
    title="Juristische Übersetzungen Englisch–Deutsch",
    overview="Ich übersetze Verträge, AGB und eine Datenschutzerklärung auch über Nacht. Mit "
    "Trados arbeite ich seit 2012.",
    skills=("Übersetzung", "Korrekturlesen", "Vertragsrecht"),
)
DESIGNER = Content(
    title="Дизайнерка сайтів",
    overview="Малюю макети у Figma для клінік і шкіл, збираю на Webflow. Роблю анімації та "
    "адаптивну верстку.",
    skills=("Figma", "Webflow", "Вебдизайн"),
)
BOOKKEEPER = Content(
    title="Bookkeeper, QuickBooks Online ProAdvisor",
    overview="Bank reconciliations, sales tax and accounts receivable for small US shops.",
    skills=("QuickBooks Online", "Sage"),
)
COPYWRITER = Content(
    title="Email copywriter",
    overview="Welcome series, abandoned carts, newsletters. Everything is built in Klaviyo.",
    skills=("Email Copywriting", "Klaviyo"),
)
FRONTEND = Content(
    title="JavaScript and TypeScript developer",
    overview="Interfaces that go easy on old phones, in JavaScript. C++ and C# at university. "
    "Vitamins for slow pages, r and c are only letters here.",
    skills=("JavaScript", "C++", "C#"),
)
EDITOR = Content(
    title="Video editor",
    overview="I cut podcasts and interviews in Premiere Pro and grade them in DaVinci Resolve.",
    skills=("Adobe Premiere Pro", "Video Editing"),
)
PROFILES = (SEO, BACKEND, TRANSLATOR, DESIGNER, BOOKKEEPER, COPYWRITER, FRONTEND, EDITOR)

"""Replies as real programs shape them: the words stay, what they quote and sign goes."""

import time

import pytest

from sapwood.notify.inbound.plain import from_html, unflow
from sapwood.notify.inbound.trimming import trim

SAID = "We close V7 first.\n\nThen the pump, never before."
LETTERS = {
    "gmail en": """We close V7 first.

Then the pump, never before.

On Mon, Feb 3, 2025 at 2:02 PM Sapwood <reply+mzxw6@learn.ardal.example> wrote:

> Tomás asks: which valve is first?
>
> > an older line
""",
    "gmail en, attribution over two lines": """We close V7 first.

Then the pump, never before.

On Mon, Feb 3, 2025 at 2:02 PM Sapwood at Ardal Water with a long name
<reply+mzxw6ytbme@learn.ardal.example> wrote:
> Tomás asks: which valve is first?
""",
    "gmail pt": """We close V7 first.

Then the pump, never before.

Sapwood <reply+mzxw6@learn.ardal.example> escreveu (segunda, 3/02/2025 à(s)
14:02):

> O Tomás pergunta: qual é a válvula?
""",
    "gmail br": """We close V7 first.

Then the pump, never before.

Em seg., 3 de fev. de 2025 às 14:02, Sapwood <reply+mz@learn.ardal.example>
escreveu:

> O Tomás pergunta
""",
    "apple mail en": """We close V7 first.

Then the pump, never before.

Ana Sá
Network

> On 3 Feb 2025, at 14:02, Sapwood <reply@learn.ardal.example> wrote:
>
> Which valve is first?
""".replace("Ana Sá\nNetwork\n\n", ""),
    "apple mail pt": """We close V7 first.

Then the pump, never before.

No dia 3 de fev. de 2025, às 14:02, Sapwood <reply@learn.ardal.example> escreveu:

Qual é a válvula?
""",
    "iphone en": """We close V7 first.

Then the pump, never before.

Sent from my iPhone

> On 3 Feb 2025, at 14:02, Sapwood <reply@learn.ardal.example> wrote:
> Which valve?
""",
    "iphone pt": """We close V7 first.

Then the pump, never before.

Enviado do meu iPhone

> No dia 03/02/2025, às 14:02, Sapwood <reply@learn.ardal.example> escreveu:
> Qual?
""",
    "thunderbird en": """We close V7 first.

Then the pump, never before.

On 03/02/2025 14:02, Sapwood wrote:
> Which valve is first?
-- $
Ana Sá
Network, Ardal Water
""",
    "thunderbird pt": """We close V7 first.

Then the pump, never before.

Às 14:02 de 03/02/2025, Sapwood escreveu:
> Qual é a válvula?

-- $
Ana Sá
""",
    "outlook en": """We close V7 first.

Then the pump, never before.

Kind regards,

Ana Sá
Network engineer | Ardal Water
+351 212 000 000

From: Sapwood <reply+mzxw6@learn.ardal.example>
Sent: Monday, February 3, 2025 2:02 PM
To: Ana Sá <ana@ardal.example>
Subject: Tomás asks: which valve is first?

Which valve is first?
""",
    "outlook pt": """We close V7 first.

Then the pump, never before.

Com os melhores cumprimentos,
Ana Sá

________________________________
De: Sapwood <reply+mzxw6@learn.ardal.example>
Enviado: 3 de fevereiro de 2025 14:02
Para: Ana Sá <ana@ardal.example>
Assunto: O Tomás pergunta: qual é a válvula?

Qual é a válvula?
""",
    "outlook pt with stars": """We close V7 first.

Then the pump, never before.

Obrigada,
Ana

*De:* Sapwood <reply+mzxw6@learn.ardal.example>
*Enviada em:* segunda-feira, 3 de fevereiro de 2025 14:02
*Para:* Ana Sá
*Assunto:* Qual?
""",
    "outlook phone": """We close V7 first.

Then the pump, never before.

Obter o Outlook para iOS<https://aka.ms/o0ukef>
________________________________
De: Sapwood <reply@learn.ardal.example>
Enviado: Monday, February 3, 2025 2:02:11 PM
Para: Ana Sá <ana@ardal.example>
Assunto: Qual?
""",
    "old outlook": """We close V7 first.

Then the pump, never before.

-----Mensagem original-----
De: Sapwood
Enviada: segunda-feira
Para: Ana
""",
    "notice": """We close V7 first.

Then the pump, never before.

AVISO DE CONFIDENCIALIDADE: esta mensagem e os seus anexos são confidenciais e destinam-se
apenas aos seus destinatários. Se a recebeu por engano, apague-a e avise quem a enviou.
""",
    "android": """We close V7 first.

Then the pump, never before.

Enviado a partir do meu smartphone Samsung Galaxy.
""",
}


@pytest.mark.parametrize("program", LETTERS)
def test_only_the_words_stay(program: str) -> None:
    text = LETTERS[program].replace("$", "")
    assert trim(text, name="Ana Sá") == SAID
    assert trim(text.replace("\n", "\r\n"), name="Ana Sá") == SAID


@pytest.mark.parametrize(
    "text",
    [
        "Thanks,\nI will close it tomorrow.",
        "As Tomás wrote: close it.\nSo I did.",
        "From: here to the weir it takes an hour.\nWe walked.",
        "This message is for everyone. Come and see.",
        "It was sent from the pump house.\nSent from the office, it would be late.",
        "A list:\n\n- V7\n- V8\n\nObrigado, Tomás, sem ti não ia lá.",
        "Regards matter.\n\nBest\nto wait for Ana.",
        "a\n---\nb",
        "Para: cima e para baixo",
    ],
)
def test_sentences_that_look_like_more_are_kept(text: str) -> None:
    assert trim(text, name="Ana Sá") == text


def test_answers_between_the_quotes_are_kept_in_order() -> None:
    text = "On 3/2/2025 14:02, Sapwood wrote:\n> Which?\nV7.\n\n> When?\nAt six.\n"
    assert trim(text) == "V7.\n\nAt six."


def test_nothing_but_quotes_is_nothing() -> None:
    for text in (
        "> a\n> b\n",
        "\n\n",
        "Sent from my iPhone",
        "-- \nAna",
        "Enviado do meu iPhone\n",
    ):
        assert trim(text, name="Ana Sá") == "" or text == "-- \nAna"


@pytest.mark.parametrize(
    "text",
    [
        "On x " * 20_000,
        "On 3/2 " * 20_000 + "wrote:",
        "From: x\n" * 12_000,
        "> a\n" * 50_000,
        "\n" * 100_000,
        "On 3/2/25 14:02 a@b wrote:\n> x\n" * 5_000,
        "Disclaimer: " + "mail " * 20_000,
        "-- \n" * 30_000,
        "Thanks,\n" * 20_000,
        "_" * 100_000,
        "\n\nThis message " + "confidential " * 9_000,
        "(" * 100_000,
    ],
)
def test_hostile_letters_take_no_time(text: str) -> None:
    begun = time.monotonic()
    trim(text, name="Ana Sá")
    assert time.monotonic() - begun < 2


OUTLOOK = """<html><head><style>p{color:red}</style><title>x</title></head><body>
<div class=WordSection1>
<p class=MsoNormal>We close <b>V7</b> first.<o:p></o:p></p><p class=MsoNormal>&nbsp;</p>
<p class=MsoNormal>Then the pump,
 never before.</p><div id="appendonsend"></div><hr>
<div id="divRplyFwdMsg"><b>De:</b> Sapwood &lt;reply@x.example&gt;<br><b>Enviado:</b> segunda<br>
<b>Para:</b> Ana<br><b>Assunto:</b> Qual?</div><div>Which valve?</div></div></body></html>"""
GMAIL = """<div dir="ltr"><div>We close V7 first.</div><div><br></div><div>Then the pump,
never before.</div></div><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">Sapwood
&lt;<a href="mailto:r@x.example">r@x.example</a>&gt; escreveu (segunda, 3/02/2025
à(s) 14:02):<br></div>
<blockquote class="gmail_quote"><div>Which <script>alert(1)</script>valve?</div>
<blockquote>older</blockquote></blockquote></div>"""


@pytest.mark.parametrize("page", [OUTLOOK, GMAIL])
def test_letters_that_are_only_html_become_words(page: str) -> None:
    assert trim(from_html(page), name="Ana Sá") == SAID


def test_lists_links_and_lines_of_html_stay_readable() -> None:
    page = (
        '<ul><li>V7<li>V8</ul><pre>a\n  b</pre><a href="https://x.example/a">map</a><p>a<br><br>b'
    )
    assert from_html(page) == ("- V7\n- V8\n\na\n  b\n\nmap <https://x.example/a>\n\na\n\nb")


def test_flowed_paragraphs_are_one_line_again() -> None:
    flowed = "We close \nV7 first.\n\n> Which \n> valve?\n-- \nAna"
    assert unflow(flowed) == "We close V7 first.\n\n> Which valve?\n-- \nAna"
    assert unflow("日本 \n語", joins=True) == "日本語"
    assert unflow(" From here\n >not a quote") == "From here\n>not a quote"


@pytest.mark.parametrize(
    "page",
    [
        "<div>" * 100_000,
        "<!--" * 50_000,
        "<a " * 50_000,
        "&" * 100_000,
        "<blockquote>a" * 20_000,
        "<![CDATA[" * 30_000,
    ],
)
def test_hostile_html_takes_no_time(page: str) -> None:
    begun = time.monotonic()
    from_html(page)
    assert time.monotonic() - begun < 3

"""Sentences that name nobody, and must stay as they are; some have words that are names as well."""

ENGLISH = """
Meetings take half of my day and nothing is decided in them.
Nobody knows who owns the backlog any more.
Please mark the ticket as done before you close it.
Mark the deadline in the shared calendar, please.
Will we ever get a plan that lasts longer than a week?
I hope that the new tool will be better than the old one.
Hope is not a strategy.
The grace period for invoices is far too short.
Grace would be welcome when things go wrong.
We may need more people in May.
In May we were promised a decision, and in June as well.
May I suggest that we start with the customer?
The price of our product rose twice this year.
Price lists change every week and nobody is told.
Young colleagues leave because nobody trains them.
It has been a long year with long evenings.
To be frank, the handover from sales is a mess.
Frank words are not welcome here.
The dean of the training academy was a good guest.
Faith in the management has gone.
It is a joy to work with the people in support.
Joy at work has become rare.
The brown boxes in the store room block the exit.
Rose-coloured reports help nobody.
Sharp criticism is taken badly.
We need sharp tools and clear goals.
There is no wood for the fire, so to speak.
Hunters and farmers, that is what the two teams are like.
I would, if I may, like to work from home on Fridays.
The long and the short of it: we are too few.
Winters are cold in the old building.
Our department waits three weeks for an answer from finance.
Requests disappear in the ticket system and come back after a month.
The lee side of the yard is the only place to park.
I am tired of being blamed for delays that other departments cause.
Too many priorities, too few hands.
Marketing changes the brief after we have started.
Sales promises dates that production has never seen.
Decisions are made in the corridor and then forgotten.
The weekly report takes four hours and nobody reads it.
We work well together in our team; the trouble is between the teams.
Communication is fine within the team but not across the company.
When something breaks, everybody looks for someone to blame.
Please give us better laptops.
The coffee is bad and the chairs are worse.
Our manager listens and does what he says.
My boss takes all the credit.
I do not feel that my work is seen.
Salaries have not moved since 2023.
We closed 12000 tickets last year and got no thanks.
The order of 1,250,000 parts arrived late.
The budget was cut from 350 000 to 200 000 euros.
Version 10.2.4 broke the import again.
On 2026-03-14 the system was down from 9:00 to 17:30.
The meeting of 14.03.2026 had no agenda.
In 2024-2025 we lost half of the team.
The audit for ISO 9001 and ISO-27001 costs us weeks.
We handled 3500 calls in one week.
Jira and Slack are full of noise.
The wiki is out of date.
The onboarding was chaotic, and there was no plan for the first week.
Nobody answers e-mails from other departments.
A week has five days, yet we plan for seven.
More pay, please.
Less micromanagement.
Trust us.
It is what it is.
No comment.
All fine here, thank you!
Everything works, but slowly.
There is a gap between what is said and what is done.
The new process doubled our paperwork.
Fewer meetings, more decisions.
People in the warehouse are never asked.
Night shifts are planned two days before.
The heating has been broken since November.
I would recommend this company to a friend.
We lack a common goal.
Each department optimises its own numbers.
Support hears about releases from customers.
Quality checks are skipped at the end of the quarter.
The training budget is spent by March.
Nothing happens after these surveys.
Thank you for asking.
The handover documents are incomplete, so we do the work twice.
Production and planning do not talk to each other.
Remote colleagues are forgotten in decisions.
We were told about the reorganisation by the press.
I left work in tears twice this month.
Overtime is expected and never mentioned.
A good year for the company, a bad one for its people.
Could we please have one list of priorities?
The legal department answers only after the third reminder.
Our targets contradict each other.
Everyone is polite and nobody is honest.
Leadership visits us once a year.
The customers will notice soon.
Stone walls between departments.
My team is great. Other teams, not so much.
Let us fix the basics first: lights, tools, contracts.
The lane for forklifts is blocked every morning.
He said, she said: that is how conflicts are handled.
They work in silos and it shows.
Bill customers on time and half of the trouble is gone.
The bill for the repair came to 4700 dollars.
Rich in ideas, poor in follow-up.
We pat each other on the back and change nothing.
A drew match at best.
The art of saying no is lost here.
The west wing has no meeting rooms.
The bell rings and everybody leaves.
Page 5 of the handbook contradicts page 7.
Order 4500012345 was lost for three weeks.
We lost 15000 dollars and 12345 parts in one night.
Room 1204 is too small for the weekly.
Our ASP.NET and Node.js services are never updated.
""".strip().splitlines()
RUSSIAN = """
Совещания занимают половину дня, а решений нет.
Никто не знает, кто отвечает за задачи.
Вера в руководство пропала.
Вера в успех у нас ещё есть.
Надежда на перемены умирает последней.
Мы потеряли надежду на ремонт.
Любовь к работе проходит после таких собраний.
С любовью к клиентам у нас всё в порядке.
Роман о нашей работе никто бы не издал.
Это не производственный роман, это жизнь.
Мороз в цехе зимой стоит такой, что руки не слушаются.
На складе мороз, а куртки не выдают.
Лев из нашего логотипа выглядит устало.
Работаем как стая волков: каждый сам за себя.
Слава богу, год закончился.
Слава достаётся одним, работа другим.
Света в коридоре нет третий месяц.
Выключают свет в семь вечера.
Мир в отделе держится на честном слове.
Кузница кадров превратилась в проходной двор.
Отделы не разговаривают друг с другом.
Продажи обещают сроки, о которых производство не слышало.
Письма остаются без ответа неделями.
Зарплату не повышали с 2023 года.
Мы закрыли 12000 заявок и не услышали спасибо.
Бюджет сократили с 350 000 до 200 000 рублей.
Собрание 14.03.2026 прошло без повестки.
Система не работала 2026-03-14 с 9:00 до 17:30.
За 2024-2025 годы ушла половина команды.
Аудит по ИСО 9001 отнимает недели.
Слишком много приоритетов, слишком мало людей.
Решения принимают в коридоре и тут же забывают.
Еженедельный отчёт занимает четыре часа, и его никто не читает.
Внутри команды всё хорошо, плохо между командами.
Когда что-то ломается, все ищут виноватого.
Дайте, пожалуйста, нормальные компьютеры.
Кофе плохой, стулья ещё хуже.
Руководитель слушает и делает то, что обещал.
Мой начальник присваивает чужие заслуги.
Не чувствую, что мою работу замечают.
Меньше отчётов, больше дела.
Больше денег.
Доверяйте нам.
Всё нормально, спасибо!
Всё работает, но медленно.
Между словами и делами пропасть.
Новый процесс удвоил бумажную работу.
Людей на складе никогда не спрашивают.
Ночные смены планируют за два дня.
Отопление сломано с ноября.
Нам не хватает общей цели.
Каждый отдел оптимизирует свои показатели.
Поддержка узнаёт о выпусках от клиентов.
В конце квартала проверки качества пропускают.
Бюджет на обучение заканчивается к марту.
После этих опросов ничего не происходит.
Спасибо, что спросили.
Документы передают не полностью, и мы делаем работу дважды.
Производство и планирование не общаются.
Об удалённых сотрудниках забывают.
О реорганизации мы узнали из новостей.
Дважды за месяц уходила с работы в слезах.
Переработки ждут, но о них не говорят.
Хороший год для компании и плохой для людей.
Можно ли получить один список приоритетов?
Юристы отвечают только после третьего напоминания.
Наши цели противоречат друг другу.
Все вежливы, и никто не честен.
Начальство приезжает раз в год.
Клиенты скоро заметят.
Стены между отделами растут.
Команда отличная, с другими сложнее.
Сначала почините самое простое: свет, инструменты, договоры.
Проезд для погрузчиков каждое утро занят.
Конфликты решают по принципу «кто громче».
Надоело отвечать за чужие ошибки.
Кто первый встал, того и тапки.
Ли это не повод задуматься, если люди уходят?
Не знаю, стоит ли об этом писать.
Есть ли смысл в этих отчётах?
Если бы да кабы, во рту росли бы грибы.
Тема обсуждалась пять раз, и всё без толку.
Поля в форме заявки заполнять некому.
В поле «комментарий» никто не пишет.
Мила нам эта работа или нет, а делать надо.
Светлая голова в планировании не помешала бы.
Белый список поставщиков устарел.
Цвет кнопок обсуждаем месяц, а сроки горят.
Король голый, но все молчат.
Зайцев в цехе нет, а шума много.
Голубка мира из нас не вышла.
Плотник сделал бы лучше, чем наш подрядчик.
Рябина под окном лучше вида на склад.
Журавль в небе, синица в руках, вот и весь план.
Щербатая плитка в столовой опасна.
Толстый отчёт никто не читает.
Чернила в принтере кончаются каждую среду.
Скрам и канбан внедряли, ничего не изменилось.
Джира и почта завалены шумом.
Дедлайны ставят без нас.
На созвонах молчат, потом жалуются.
Премию обещали и не дали.
Нас не слышат.
График отпусков утвердили и тут же переписали.
Планёрка в понедельник в восемь утра никому не нужна.
Инструкции устарели на пять лет.
В столовой очередь на сорок минут.
Заявка № 20451234 висит с весны.
Цех № 12 стоит, а приказ № 1234 никто не видел.
Закупки тянутся полгода, а виноваты всегда мы.
""".strip().splitlines()
SENTENCES = (*ENGLISH, *RUSSIAN)

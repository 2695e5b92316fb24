"""AMR-genomics stories of the bench: reagents, protocols and scripts.

All of them, and everybody in them, are invented.
"""

from datetime import date

from stories.examples.content import ExampleLink, ExampleStep, ExampleStory

HALF_VOLUMES = ExampleStory(
    title="Half volumes",
    teller="sina",
    audience="funders",
    minutes=(30, 0, 0),
    happened_from=date(2023, 8, 14),
    happened_to=date(2024, 1, 29),
    steps=(
        ExampleStep(
            "applied",
            "The boat came without our reagents for the second time, and I had enough for nine"
            " samples and a waiting list of twenty-two. I took the half-volume protocol from the"
            " shelf and cut it once more, because our heating block is a smaller one.",
            indicators=("protocols-adapted",),
            value="positive",
        ),
        ExampleStep(
            "potential",
            "The first two plates failed. I wrote up both, with photographs, under “what did not"
            " work”, and got three answers before breakfast.",
            indicators=("failed-runs-told",),
            value="positive",
            capital="learning",
        ),
        ExampleStep(
            "applied",
            "With the evaporation fixed (a strip of kitchen film, pressed down with a coin) it"
            " ran. That version is on the shelf now with the coin in the drawing.",
            indicators=("protocols-adapted",),
            value="positive",
        ),
        ExampleStep(
            "realized",
            "The twenty-two were reported in nine days. With whole volumes they would have waited"
            " for the next boat, which was six weeks later.",
            indicators=("days-to-report",),
            value="positive",
        ),
    ),
    links=(
        ExampleLink(
            1, 2, "my numbers were too good at the edges and I wanted somebody to tell me why."
        ),
        ExampleLink(2, 3, "a man who works at two thousand metres knows all about evaporation."),
        ExampleLink(
            3,
            4,
            "I no longer needed what was on the boat.",
            would_have_happened_anyway="They would have been sequenced too, in October.",
            corroborator="Our harbour master has the dates of the boat.",
        ),
    ),
)

KITCHEN_FILM = ExampleStory(
    title="The coin came to us",
    teller="chidi",
    audience="members",
    minutes=(15, 0, 0),
    happened_from=date(2024, 1, 22),
    happened_to=date(2024, 4, 15),
    steps=(
        ExampleStep(
            "potential",
            "I read about two plates that failed on an island, with photographs. Mine had failed"
            " in the same wells that month and I had blamed the cleaner.",
            indicators=("failed-runs-told",),
            value="positive",
            capital="learning",
        ),
        ExampleStep(
            "applied",
            "We use the half volumes with kitchen film and a coin. Ours is a bottle top, because"
            " the coins here are too small.",
            indicators=("protocols-adapted",),
            value="positive",
        ),
        ExampleStep(
            "realized",
            "With twice the samples out of one box of reagents nobody has to wait for a full"
            " plate. Most reports leave in under a fortnight.",
            indicators=("days-to-report",),
            value="positive",
        ),
    ),
    links=(
        ExampleLink(1, 2, "she had drawn the wells, and I laid her drawing over mine."),
        ExampleLink(
            2,
            3,
            "we can run a half-empty plate without feeling that we burn money.",
            would_have_happened_anyway=(
                "We would have bought the sealing machine in the next budget year."
            ),
            corroborator="The cleaner, to whom I have apologised.",
        ),
    ),
)

POWER_CUT = ExampleStory(
    title="بلا كهرباء",
    teller="layla",
    audience="funders",
    language="ar",
    minutes=(40, 0, 0),
    happened_from=date(2023, 5, 21),
    happened_to=date(2024, 2, 4),
    steps=(
        ExampleStep(
            "potential",
            "وجدتُ على الرفّ المشترك طريقةً كتبتها زميلةٌ لا أعرفها، لمختبرٍ تنقطع عنه الكهرباء كل"
            " يوم. لم أكن أظنّ أن أحدًا غيرنا يعمل هكذا.",
            indicators=("shared-protocols",),
            value="positive",
            capital="tangible",
        ),
        ExampleStep(
            "applied",
            "غيّرنا فيها شيئين: الإنزيم الذي يحتمل حرارة الغرفة، وساعة البدء. نبدأ الآن في الرابعة"
            " فجرًا لأن التيار يثبت حتى التاسعة.",
            indicators=("protocols-adapted",),
            value="positive",
        ),
        ExampleStep(
            "realized",
            "كانت النتيجة تصل بعد خمسة أسابيع، وصارت تصل بعد اثني عشر يومًا. طبيب العناية المركّزة"
            " لم يعد يسألني «هل ما زالت مفيدة؟».",
            indicators=("days-to-report",),
            value="positive",
        ),
        ExampleStep(
            "immediate",
            "لكنّ فنّيةً من فريقي تركت العمل في الشتاء، فالرابعة فجرًا ليست ساعةً لأمٍّ لها طفلان."
            " رويتُ ذلك في اللقاء أيضًا، لأنّ أحدًا لا يكتبه في الطريقة.",
            indicators=("taking-part",),
        ),
    ),
    links=(
        ExampleLink(1, 2, "الطريقة كانت تقول لماذا، لا كيف فقط، فعرفتُ ما يجوز أن أغيّره."),
        ExampleLink(
            2,
            3,
            "لم نعد نعيد نصف العيّنات بعد كل انقطاع.",
            would_have_happened_anyway="لا. كنّا ننتظر مولّدًا وُعدنا به.",
            corroborator="سجلّ المختبر، وطبيب العناية.",
        ),
        ExampleLink(2, 4, "لم أسأل أحدًا قبل أن أغيّر الساعة."),
    ),
)

FOURTEEN_LINES = ExampleStory(
    title="十四行",
    teller="wei",
    audience="public",
    language="zh",
    minutes=(20, 0, 0),
    happened_from=date(2023, 4, 3),
    happened_to=date(2023, 10, 16),
    steps=(
        ExampleStep(
            "applied",
            "架子上有一个统计耐药基因的脚本，三百多行。我只需要其中一步，就把它改成了十四行，"
            "每一行上面用两种语言写明为什么。",
            indicators=("protocols-adapted",),
            value="positive",
        ),
        ExampleStep(
            "potential",
            "我把短的版本放回架子上。第二天就有人问我第九行，第三天有人改好了第九行。",
            indicators=("shared-protocols",),
            value="positive",
            capital="tangible",
        ),
        ExampleStep(
            "realized",
            "以前每批数据要等我有空，常常等上两个星期。现在值班的同事自己运行，"
            "当天下午就能出报告。",
            indicators=("days-to-report",),
            value="positive",
        ),
        ExampleStep(
            "reframing",
            "我从前以为好的程序就是别人写不出来的程序。现在我觉得，好的程序是别人敢改的程序。",
            indicators=("stories-of-judging-anew",),
            value="positive",
        ),
    ),
    links=(
        ExampleLink(1, 2, "十四行一眼就能看完，看完的人才会提意见。"),
        ExampleLink(
            1,
            3,
            "同事们不再需要等我一个人。",
            would_have_happened_anyway="也许明年会买软件，但买来的软件我们改不了。",
            corroborator="值班表上的三位同事。",
        ),
        ExampleLink(2, 4, "改好第九行的人，是一位刚学了半年的技术员。"),
    ),
)

THE_GEL_BATCH = ExampleStory(
    title="One bad batch, six labs",
    teller="asa",
    audience="funders",
    minutes=(25, 0, 0),
    happened_from=date(2024, 2, 5),
    happened_to=date(2024, 4, 2),
    steps=(
        ExampleStep(
            "potential",
            "A lab wrote that its libraries had been short since the new delivery. Within two days"
            " six of us had looked at the lot number, and it was the same lot.",
            indicators=("failed-runs-told",),
            value="positive",
            capital="learning",
        ),
        ExampleStep(
            "applied",
            "We sent our odd results round the six until each had been read by somebody with"
            " another lot.",
            indicators=("taken-to-another-lab",),
            value="positive",
        ),
        ExampleStep(
            "realized",
            "In our lab four reports stayed in the drawer that would have been wrong. The supplier"
            " took back the lot without an argument, since there were six of us.",
            indicators=("reports-corrected",),
            value="positive",
        ),
        ExampleStep(
            "potential",
            "Since then the supplier writes to the network first. I am not sure that this is our"
            " job.",
            capital="reputational",
        ),
    ),
    links=(
        ExampleLink(
            1, 2, "a failure that has a lot number is not anybody’s fault and is easily told."
        ),
        ExampleLink(
            2,
            3,
            "the short ones looked like resistance that was not there.",
            would_have_happened_anyway="The supplier would have found out by the summer.",
            corroborator="Any of the six.",
        ),
        ExampleLink(3, 4, "it is cheaper for them than six complaints."),
    ),
)

FAST_AND_WRONG = ExampleStory(
    title="Nine days",
    teller="ines",
    audience="funders",
    elicitor="tomas",
    minutes=(30, 20, 0),
    happened_from=date(2023, 10, 9),
    happened_to=date(2024, 5, 20),
    steps=(
        ExampleStep(
            "applied",
            "We took over the fast protocol and were very pleased with ourselves. The target on"
            " the wall was ten days and by February we were at nine.",
            indicators=("protocols-adapted",),
            value="positive",
        ),
        ExampleStep(
            "realized",
            "Nine days. Our director showed the curve at a congress.",
            indicators=("days-to-report",),
            value="positive",
        ),
        ExampleStep(
            "realized",
            "In the same quarter we took back seven reports, after two in the quarter before. To"
            " get from twelve days to nine I had let the second reading go.",
            indicators=("reports-corrected",),
            value="negative",
        ),
        ExampleStep(
            "reframing",
            "Days and corrections now hang on one sheet of paper, side by side, and nobody may"
            " photograph one without the other.",
            indicators=("stories-of-judging-anew",),
            value="positive",
        ),
        ExampleStep(
            "applied",
            "The second reading is back. We are at eleven days, and I no longer look at the wall"
            " first thing in the morning.",
            indicators=("runs-checked",),
            value="positive",
        ),
    ),
    links=(
        ExampleLink(1, 2, "it does save two nights at the bench."),
        ExampleLink(
            2,
            3,
            "I was praised for the number, and the cheapest day to save was the one on which"
            " somebody looks.",
            would_have_happened_anyway="Some corrections yes, but not seven.",
            corroborator="São, who does the second reading, has both lists.",
        ),
        ExampleLink(3, 4, "two of the seven were patients whose treatment had been changed."),
        ExampleLink(4, 5, "with both numbers in view it was not even a discussion."),
    ),
)

BENCH = (
    HALF_VOLUMES,
    KITCHEN_FILM,
    POWER_CUT,
    FOURTEEN_LINES,
    THE_GEL_BATCH,
    FAST_AND_WRONG,
)

using System.Net;
using ClusterNet.Tests.Accreditation;
using ClusterNet.Tests.Files;
using ClusterNet.Tests.Hosting;
using ClusterNet.Tests.Skills;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(ClusterNet.BrowserTests.Site))]

namespace ClusterNet.BrowserTests;

/// <summary>The running Host with one credential in force and one suspended, and one browser for all tests; classes of tests run beside each other.</summary>
public sealed class Site : IAsyncLifetime
{
    /// <summary>Machines that run tests are often busy; a wait ends as soon as there is something to see.</summary>
    internal const float PatienceInMilliseconds = 60_000;

    private readonly StoryHost _story = new();
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    internal RunningHost Host => _story.Host;

    internal string InForce { get; private set; } = "";

    internal string Suspended { get; private set; } = "";

    /// <summary>An event that stands in the log.</summary>
    internal string Event { get; private set; } = "";

    /// <summary>Of a person who had everything erased.</summary>
    internal string Receipt { get; private set; } = "";

    /// <summary>Of Paula's firm: a role profile, and of it an audit that runs and one that is closed.</summary>
    private string _profile = "", _running = "", _closed = "";

    /// <summary>Of Paula: a community with a question that somebody has answered, and a page of its wiki, and a link and a video of its library.</summary>
    private string _community = "", _question = "", _answer = "", _page = "", _link = "", _video = "";

    /// <summary>Of Paula: a practice that two other firms use, and a signal that others speak of.</summary>
    private string _practice = "", _signal = "";

    /// <summary>A mentor's offer, Paula's mentoring with that mentor, a plan of the two, and a programme.</summary>
    private string _offer = "", _pair = "", _plan = "", _programme = "";

    /// <summary>Of Paula: a task that the mentor has set her, and one of the mentor of which she is the helper.</summary>
    private string _task = "", _reported = "";

    /// <summary>Signed in on the page of own data.</summary>
    private Account? _paula;

    /// <summary>The address of one of <see cref="Pages"/>.</summary>
    internal string Address(string page) => page switch
    {
        Pages.Start => "/",
        Pages.Verification => "/verify",
        Pages.Mistyped => "/verify?number=CN-2026-0000-0000-0",
        Pages.Unknown => "/verify?number=" + Pages.NumberOfNoCredential,
        Pages.InForce => "/verify?number=" + InForce,
        Pages.Suspended => "/verify?number=" + Suspended,
        Pages.History => "/audit",
        Pages.CheckedEvent => "/audit?event=" + Event,
        Pages.UnknownEvent => "/audit?event=0198f2c4-7d1e-7c3a-9b43-0a1b2c3d4e5f",
        Pages.SignIn => "/sign-in",
        Pages.MyData => "/my-data",
        Pages.Receipt => "/receipts/" + Receipt,
        Pages.Missing => "/no-such-page",
        Pages.Home => "/",
        Pages.SearchForm => "/search",
        Pages.SearchNothing => "/search?q=qqzzqq",
        Pages.SearchTooShort => "/search?q=a",
        Pages.SearchHits => "/search?q=Firm",
        Pages.Display => "/account/display",
        Pages.Help => "/help",
        Pages.Legal => "/legal",
        Pages.Offline => "/offline",
        Pages.Design => "/design",
        Pages.Profiles => "/role-profiles",
        Pages.NewProfile => "/role-profiles/new",
        Pages.Profile => "/role-profiles/" + _profile,
        Pages.Audits => "/skills-audits",
        Pages.NewAudit => "/skills-audits/new",
        Pages.Audit => "/skills-audits/" + _running,
        Pages.Sheet => $"/skills-audits/{_running}/rate/{_paula?.Person}",
        Pages.AuditResults => $"/skills-audits/{_closed}/results/{_paula?.Person}",
        Pages.AuditGaps => $"/skills-audits/{_closed}/gaps",
        Pages.MySkills => "/my-skills",
        Pages.Communities => "/communities",
        Pages.NewCommunity => "/communities/new",
        Pages.Community => "/communities/" + _community,
        Pages.CommunityMembers => $"/communities/{_community}/members",
        Pages.CommunityEdit => $"/communities/{_community}/edit",
        Pages.CommunityWrite => $"/communities/{_community}/write?kind=question",
        Pages.Discussion => $"/communities/{_community}/discussions/{_question}",
        Pages.PostEdit => $"/communities/{_community}/discussions/{_question}/posts/{_question}/edit",
        Pages.PostVersions => $"/communities/{_community}/discussions/{_question}/posts/{_question}/versions",
        Pages.PostModerate => $"/communities/{_community}/discussions/{_question}/posts/{_answer}/moderate",
        Pages.Moderation => $"/communities/{_community}/moderation",
        Pages.Contributions => $"/communities/{_community}/contributions",
        Pages.Wiki => $"/communities/{_community}/wiki",
        Pages.WikiPage => $"/communities/{_community}/wiki/{_page}",
        Pages.WikiEdit => $"/communities/{_community}/wiki/{_page}/edit",
        Pages.WikiHistory => $"/communities/{_community}/wiki/{_page}/history",
        Pages.Practices => "/practices",
        Pages.NewPractice => "/practices/new",
        Pages.Practice => "/practices/" + _practice,
        Pages.PracticeEdit => $"/practices/{_practice}/edit",
        Pages.PracticeVersions => $"/practices/{_practice}/versions",
        Pages.PracticeUse => $"/practices/{_practice}/use",
        Pages.ClusterPractices => "/practices/clusters/" + Cluster,
        Pages.ClusterModeration => $"/practices/clusters/{Cluster}/moderation",
        Pages.Signals => "/signals",
        Pages.Signal => "/signals/" + _signal,
        Pages.SignalEdit => $"/signals/{_signal}/edit",
        Pages.Library => $"/communities/{_community}/library",
        Pages.LibraryAdd => $"/communities/{_community}/library/new",
        Pages.LibraryAddLink => $"/communities/{_community}/library/new?as=link",
        Pages.LibraryItem => $"/communities/{_community}/library/{_link}",
        Pages.LibraryVideo => $"/communities/{_community}/library/{_video}",
        Pages.LibraryEdit => $"/communities/{_community}/library/{_link}/edit",
        Pages.LibraryVersion => $"/communities/{_community}/library/{_link}/version",
        Pages.Learning => "/learning",
        Pages.Capture => "/learning/new",
        Pages.Mentoring => "/mentoring",
        Pages.Mentors => "/mentoring/mentors",
        Pages.Mentor => "/mentoring/mentors/" + _offer,
        Pages.MentorOffer => "/mentoring/offer/peer-coach",
        Pages.MentoringPair => "/mentoring/pairs/" + _pair,
        Pages.MentoringCalendar => "/mentoring/calendar",
        Pages.Programmes => $"/mentoring/clusters/{Cluster}/programmes",
        Pages.Programme => "/mentoring/programmes/" + _programme,
        Pages.Plans => "/plans",
        Pages.Plan => "/plans/" + _plan,
        Pages.Tasks => "/tasks",
        Pages.TaskNew => "/tasks/new",
        Pages.TaskToDo => "/tasks/" + _task,
        Pages.TaskReported => "/tasks/" + _reported,
        Pages.TaskTemplates => "/tasks/templates",
        _ => throw new ArgumentException($"{page} is no page.", nameof(page)),
    };

    /// <summary>A browser window of its own on a page, without cookies or cache of others.</summary>
    internal Task<Visit> Visit(string address, BrowserNewContextOptions? window = null) =>
        Visit(address, window, address == Address(Pages.MyData) ? _paula : null);

    /// <summary>One of <see cref="Pages"/>, seen by whom it is for.</summary>
    internal Task<Visit> Open(string page, BrowserNewContextOptions? window = null) =>
        Visit(Address(page), window, Pages.OfMembers.Contains(page) ? _paula : null);

    /// <summary>A page as somebody sees it who is signed in.</summary>
    internal async Task<Visit> Visit(string address, BrowserNewContextOptions? window, Account? reader)
    {
        if (_browser is null) Assert.Skip("Needs Chromium: on Debian, apt-get install chromium (or name one in CLUSTERNET_CHROMIUM).");
        window ??= new();
        window.BaseURL = Host.Url.ToString();
        window.Locale ??= "en-GB";
        var context = await _browser.NewContextAsync(window);
        if (reader is not null) await SignIn(context, reader);
        context.SetDefaultTimeout(PatienceInMilliseconds);
        var visit = new Visit(await context.NewPageAsync(), Host.Url, window);
        await visit.Page.GotoAsync(address);
        return visit;
    }

    public async ValueTask InitializeAsync()
    {
        if (Chromium.Path is null) return;
        Assertions.SetDefaultExpectTimeout(PatienceInMilliseconds);
        await _story.InitializeAsync();
        var witness = await _story.Entrepreneur();
        InForce = await Credential(witness);
        Suspended = await Credential(witness);
        (await _story.Dora.Client.Post($"/accreditation/credentials/{Suspended}/suspension", new { reason = "in doubt" }))
            .ShouldBe(HttpStatusCode.OK);
        _paula = await _story.Entrepreneur();
        await _story.Apply(_paula);
        await Audit(_paula);
        await Community(_paula, witness);
        await Mentor(_paula, witness);
        await Practice(_paula, witness, await _story.Entrepreneur());
        await Tasks(_paula, witness);
        var erased = await _story.Newcomer();
        Receipt = (await erased.Client.Post("/access/me/erasure", new { confirm = "erase" })).ShouldBe(HttpStatusCode.Created).Id;
        using var anyone = Host.Anonymous();
        while ((await anyone.Get($"/access/erasures/{Receipt}")).Text("stage") != "completed") await Task.Yield();
        await Host.Signed();
        Event = (await _paula.Client.Get("/audit/streams/" + _paula.Person + "/events")).Items[0]["id"]!.ToString(); // an account has events
        _playwright = await Playwright.CreateAsync();
        _browser = await Chromium.Start(_playwright);
    }

    private async Task Community(Account founder, Account other)
    {
        async Task<string> Made(Account by, string address, object body) => (await by.Client.Post("/learning/" + address, body)).ShouldBe(HttpStatusCode.Created).Id;
        _community = await Made(founder, "communities", new
        {
            name = "Thin stainless sheet",
            objective = "Fewer rejects in thin sheet, and one person in each firm who can show it.",
            cluster = Cluster,
            tags = (string[])["TIG", "stainless"],
            skillUris = (string[])[AuditWorld.FiveS],
        });
        await Made(founder, $"communities/{_community}/goals", new { text = "Half the rejects", until = "2027-06-30" });
        (await other.Client.Post($"/learning/communities/{_community}/joining", null)).ShouldBe(HttpStatusCode.OK);
        (await other.Client.Post("/skills/levels/claims", new { skillUri = AuditWorld.FiveS, level = 3 })).ShouldBe(HttpStatusCode.OK);
        _question = await Made(founder, $"communities/{_community}/discussions", new
        {
            title = "How do you keep 0.8 mm sheet flat while welding?",
            text = "We weld 1.4301 and it warps.",
            question = true,
            skillUris = (string[])[AuditWorld.FiveS],
        });
        _answer = await Made(other, $"discussions/{_question}/posts", new { text = "Copper on both sides, and tack every 30 mm.\n\n```\n70 A, 1.6 mm\n```" });
        (await founder.Client.Put($"/learning/discussions/{_question}/posts/{_question}", new { text = "We weld **1.4301** and it warps.\n\n- clamps every 50 mm\n- copper *below* only\n\n> Less heat, they say.\n\nSee https://example.org/a/rather/long/address/that/has/to/break/somewhere?because=phones-are-narrow" })).ShouldBe(HttpStatusCode.OK);
        (await founder.Client.Put($"/learning/discussions/{_question}/posts/{_answer}/helpful", new { helpful = true })).ShouldBe(HttpStatusCode.OK);
        _link = await Made(other, $"communities/{_community}/library", new
        {
            url = "https://example.org/guides/clamping-thin-stainless-sheet-without-distortion?language=en",
            title = "Guide to clamping thin stainless sheet without distortion",
            text = "Chapter **three** is what matters.\n\n- bars\n- tacks",
            tags = (string[])["clamping", "stainless sheet"],
            skillUris = (string[])[AuditWorld.FiveS],
        });
        (await founder.Client.Put($"/learning/library/{_link}/rating", new { stars = 4 })).ShouldBe(HttpStatusCode.OK);
        (await other.Client.Put($"/learning/library/{_link}/link", new { url = "https://example.org/guides/clamping-2", note = "Second edition" })).ShouldBe(HttpStatusCode.OK);
        using var clip = new ByteArrayContent(ShortFiles.WebM);
        var sent = await founder.Client.PostAsync(new Uri($"/api/v1/learning/communities/{_community}/library/files?name=tacks.webm&title=Tacking+in+one+minute&tags=tacking", UriKind.Relative), clip);
        _video = System.Text.Json.Nodes.JsonNode.Parse(await sent.Content.ReadAsStringAsync())?["id"]?.ToString() ?? "";
        _page = await Made(other, $"communities/{_community}/pages", new { title = "Clamping thin sheet", text = "# What works\n\nCopper bars below.\n\n## What does not\n\nSteel." });
        (await founder.Client.Put($"/learning/pages/{_page}", new { title = "Clamping thin sheet", text = "# What works\n\nThick copper bars on both sides.\n\n## What does not\n\nSteel.", note = "Both sides" }))
            .ShouldBe(HttpStatusCode.OK);
    }

    private async Task Practice(Account author, Account adopter, Account trier)
    {
        const string practices = "/learning/practices";
        object Body(string how) => new
        {
            title = "Copper bars below thin stainless sheet",
            problem = "Stainless sheet under 1 mm warps when it is welded, and a third of it is scrap.",
            how,
            needs = "Two copper bars and half a day to try.",
            gave = "A tenth of the rejects within a month.",
            level = "expand",
            visibility = "network",
            skillUris = (string[])[AuditWorld.FiveS],
        };
        _practice = (await author.Client.Post(practices, Body("- bars on both sides\n- a tack every 30 mm"))).ShouldBe(HttpStatusCode.Created).Id;
        (await author.Client.Put($"{practices}/{_practice}", Body("1. **Clean** the bars\n2. clamp them on both sides\n3. a tack every 20 mm\n\n> 70 A at the most"))).ShouldBe(HttpStatusCode.OK);
        foreach (var (who, body) in new (Account, object)[]
        {
            (adopter, new { stage = "trying" }), (trier, new { stage = "trying", result = "The bars have come." }),
            (adopter, new { stage = "adapted", verdict = "worked", result = "Half the rejects, and less grinding.", changed = "Brass, which we had.", minutesPerMonth = 300, centsPerMonth = 45_050 }),
        }) (await who.Client.Put($"{practices}/{_practice}/use", body)).ShouldBe(HttpStatusCode.OK);
        var address = $"{practices}/{_practice}/questions";
        var question = (await trier.Client.Post(address, new { text = "Does it work on **2 mm**?" })).ShouldBe(HttpStatusCode.Created).Id;
        var answer = (await adopter.Client.Post($"{address}/{question}/answers", new { text = "Yes, with 90 A." })).ShouldBe(HttpStatusCode.Created).Id;
        (await trier.Client.Put($"{address}/{question}/settled", new { answer })).ShouldBe(HttpStatusCode.OK);
        (await author.Client.Post(address, new { text = "Who has tried brass?" })).ShouldBe(HttpStatusCode.Created);
        (await adopter.Client.Post(practices, new { title = "Brass bars below sheet", problem = "Copper is dear.", how = "As with copper.", from = _practice, visibility = "network" })).ShouldBe(HttpStatusCode.Created);
        _signal = (await author.Client.Post("/learning/signals", new
        {
            what = "From 2028 public buyers ask for the carbon footprint of steel parts.",
            soWhat = "We need figures for our ten best sellers.",
            link = "https://example.org/a/rather/long/address/that/has/to/break/somewhere?because=phones-are-narrow",
            tags = (string[])["legal", "environmental"],
            visibility = "network",
        })).ShouldBe(HttpStatusCode.Created).Id;
        (await adopter.Client.Put($"/learning/signals/{_signal}/view", new { text = "We would have to weigh our scrap." })).ShouldBe(HttpStatusCode.OK);
        (await adopter.Client.Put($"/learning/signals/{_signal}/helpful", new { helpful = true })).ShouldBe(HttpStatusCode.OK);
        (await author.Client.Post($"/learning/signals/{_signal}/discussions", new { community = await Network(author) })).ShouldBe(HttpStatusCode.Created);
    }

    /// <summary>A community that everybody sees.</summary>
    private static async Task<string> Network(Account founder) =>
        (await founder.Client.Post("/learning/communities", new { name = "Buying and selling", objective = "Hear of it first" })).ShouldBe(HttpStatusCode.Created).Id;

    private async Task Mentor(Account mentee, Account mentor)
    {
        const string skill = "http://data.europa.eu/esco/skill/ecc18804-a466-40d9-98b4-fba5cd67dd4b";
        var offer = new
        {
            skillUris = new[] { skill },
            languages = new[] { "en", "de" },
            interests = new[] { "exports" },
            availability = "Fridays after two",
            hoursPerMonth = 4,
            capacity = 3,
            reach = "everybody",
            visibility = "network",
            accommodates = "Plain language",
        };
        _offer = (await mentor.Client.Put("/learning/mentoring/me/offers/mentor", offer)).ShouldBe(HttpStatusCode.OK).Id;
        _pair = (await mentee.Client.Post("/learning/mentoring/pairs", new { mentor = mentor.Person, words = "Teach me to keep the books", skillUris = new[] { skill } }))
            .ShouldBe(HttpStatusCode.Created).Id;
        (await mentor.Client.Post($"/learning/mentoring/pairs/{_pair}/acceptance", null)).ShouldBe(HttpStatusCode.OK);
        (await mentee.Client.Put($"/learning/mentoring/pairs/{_pair}/goals", new { goals = new[] { "Close a month alone" }, skillUris = new[] { skill } })).ShouldBe(HttpStatusCode.OK);
        (await mentor.Client.Put($"/learning/mentoring/pairs/{_pair}/next-session", new { startsAt = DateTimeOffset.UtcNow.AddDays(5), minutes = 45, place = "Canteen" })).ShouldBe(HttpStatusCode.OK);
        (await mentor.Client.Post($"/learning/mentoring/pairs/{_pair}/sessions", new { what = "We went through January", minutes = 50, nextStep = "Do February" })).ShouldBe(HttpStatusCode.OK);
        (await mentor.Client.Post($"/learning/mentoring/pairs/{_pair}/feedback", new { text = "You ask good questions" })).ShouldBe(HttpStatusCode.OK);
        var programme = new { title = "First year in charge", aim = "New leaders learn from old ones", from = "2030-01-01", until = "2030-12-31" };
        _programme = (await Coordinator.Client.Post($"/learning/mentoring/clusters/{Cluster}/programmes", programme)).ShouldBe(HttpStatusCode.Created).Id;
        (await mentee.Client.Put("/clusters/me/profile/visibility", new { visibility = "network" })).ShouldBe(HttpStatusCode.OK);
        _plan = (await mentor.Client.Post("/learning/plans", new { with = mentee.Person, wish = "Run the office", @as = "coach" })).ShouldBe(HttpStatusCode.Created).Id;
        (await mentee.Client.Post($"/learning/plans/{_plan}/agreement", null)).ShouldBe(HttpStatusCode.OK);
        (await mentee.Client.Post($"/learning/plans/{_plan}/goals", new { text = "Close a month alone", skillUri = skill })).ShouldBe(HttpStatusCode.OK);
        var goal = (await mentee.Client.Get($"/learning/plans/{_plan}")).Json["goals"]?[0]?["id"]?.ToString();
        (await mentee.Client.Post($"/learning/plans/{_plan}/goals/{goal}/activities", new { text = "Do February with the mentor", dueOn = "2030-01-01" })).ShouldBe(HttpStatusCode.OK);
    }

    private async Task Tasks(Account learner, Account other)
    {
        async Task<string> Set(Account by, object task) => (await by.Client.Post("/learning/tasks", task)).ShouldBe(HttpStatusCode.Created).Id;
        var due = DateOnly.FromDateTime(DateTime.UtcNow).AddDays(20);
        _task = await Set(other, new { what = "Close the books of one month alone", learn = "Where a margin hides", dueOn = due, minutes = 120, learner = learner.Person, skillUri = AuditWorld.FiveS });
        (await learner.Client.Post($"/learning/tasks/{_task}/acceptance", null)).ShouldBe(HttpStatusCode.OK);
        await Set(other, new { what = "Write an offer for the new customer", learn = "What a price rests on", dueOn = due, learner = learner.Person });
        _reported = await Set(other, new { what = "Sort the tools of the hall", learn = "Five S", dueOn = due, helper = learner.Person });
        (await other.Client.Post($"/learning/tasks/{_reported}/report", new { cameOf = "Every tool has a place", well = "The labels", differently = "Begin with the floor" })).ShouldBe(HttpStatusCode.OK);
        var firm = (await learner.Client.Get("/clusters/firms/mine")).Json[0]?["firm"]?["firm"]?.ToString();
        (await learner.Client.Post("/learning/tasks/templates", new { firm, what = "Walk through the hall with the safety officer", learn = "Where the exits are", minutes = 30 })).ShouldBe(HttpStatusCode.Created);
    }

    private async Task Audit(Account owner)
    {
        var firm = (await owner.Client.Get("/clusters/firms/mine")).Json[0]?["firm"]?["firm"]?.ToString();
        _profile = await AuditWorld.Profile(owner, firm);
        _running = await AuditWorld.Open(owner, _profile, firm);
        _closed = await AuditWorld.Open(owner, _profile, firm);
        await AuditWorld.Rate(owner, _closed, owner.Person, 2);
        (await owner.Client.Post($"/skills/audits/{_closed}/closure", null)).ShouldBe(HttpStatusCode.OK);
        await Host.CaughtUp();
    }

    /// <summary>Leads the cluster of the story.</summary>
    internal Account Coordinator => _story.Rosa;

    internal Account Operator => _story.Operator;

    /// <summary>Somebody new who has an account and nothing else.</summary>
    internal Task<Account> Newcomer() => _story.Newcomer();

    /// <summary>Somebody new who owns a firm of the cluster.</summary>
    internal Task<Account> Entrepreneur() => _story.Entrepreneur();

    /// <summary>Somebody new who has begun an application.</summary>
    internal async Task<Account> Applicant()
    {
        var person = await _story.Entrepreneur();
        await _story.Apply(person);
        return person;
    }

    internal string Cluster => _story.Cluster;

    internal Account Decider => _story.Dora;

    /// <summary>A window in which somebody is signed in.</summary>
    internal Task<Visit> VisitAs(Account account, string address, BrowserNewContextOptions? window = null) => Visit(address, window, account);

    /// <summary>From here on, the window is this person's.</summary>
    internal Task SignIn(IBrowserContext context, Account account)
    {
        var cookie = account.Client.DefaultRequestHeaders.GetValues("Cookie").Single().Split('=', 2);
        return context.AddCookiesAsync([new() { Name = cookie[0], Value = cookie[1], Url = Host.Url.ToString() }]);
    }

    private async Task<string> Credential(Account witness)
    {
        var application = await _story.Assessed(await _story.Entrepreneur(), witness);
        return (await StoryHost.Decide(application, _story.Dora)).ShouldBe(HttpStatusCode.OK).Text("number");
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
        await _story.DisposeAsync();
    }
}

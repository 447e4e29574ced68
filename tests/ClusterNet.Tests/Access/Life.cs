using System.Net;
using ClusterNet.Access.Erasures;
using ClusterNet.Tests.Accreditation;
using ClusterNet.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;

namespace ClusterNet.Tests.Access;

/// <summary>Somebody who left a trace of their own in every module, each time with the same marker.</summary>
/// <param name="Me">Signed in.</param>
/// <param name="Firm">Where Mira works; its owner also confirms what she learnt.</param>
/// <param name="Record">A learning record that the owner confirmed; visible in the cluster.</param>
/// <param name="Application">Decided; the draft of another one is open.</param>
/// <param name="Number">Of the credential, when it was granted.</param>
internal sealed record Life(
    Account Me, string Marker, Account Owner, string Firm, string Record, string Disputed, string Application, string? Number, string Resource,
    string Session, string Token, string Role)
{
    /// <param name="marker">Lower-case; in everything that Mira wrote and that was written about her.</param>
    public static async Task<Life> Of(StoryHost story, string marker, bool granted)
    {
        var owner = await story.Entrepreneur();
        var firm = await FirmOf(owner);
        var me = await Hired(story, owner, firm, marker);
        (await story.Operator.Client.Post("/access/roles", new
        {
            person = me.Person,
            role = "assessor",
            scopeKind = "cluster",
            scopeId = story.Cluster,
            reason = $"{marker} knows the trade",
        })).ShouldBe(HttpStatusCode.Created);
        var role = (await story.Operator.Client.Post("/access/roles", new
        {
            person = me.Person,
            role = "coordinator",
            scopeKind = "cluster",
            scopeId = story.Cluster,
            reason = $"{marker} leads",
        })).ShouldBe(HttpStatusCode.Created).Id;
        var token = (await me.Client.Post("/access/tokens", new { label = $"{marker} laptop", validForDays = 9 })).ShouldBe(HttpStatusCode.Created).Text("token");
        var record = await Learnt(me, owner, marker);
        var disputed = await Disputes(me, owner, marker);
        var application = await Applied(story, me, owner, marker);
        var decided = (await story.Dora.Client.Post(
            $"/accreditation/applications/{application}/decision", new { outcome = granted ? "granted" : "declined", grounds = $"{marker} was judged" }))
            .ShouldBe(HttpStatusCode.OK);
        (await story.Audrey.Client.Get($"/accreditation/applications/{application}?purpose=yearly")).ShouldBe(HttpStatusCode.OK);
        var draft = await story.Published(StoryHost.StandardBody($"Welding {Guid.NewGuid():n}"));
        (await me.Client.Post("/accreditation/applications", new { standard = draft, statement = $"{marker} welds" })).ShouldBe(HttpStatusCode.Created);
        var (resource, session) = await Booked(story, me, firm, marker);
        return new(me, marker, owner, firm, record, disputed, application, granted ? decided.Text("number") : null, resource, session, token, role);
    }

    /// <summary>Asks for erasure of everything and waits until it is carried out as far as it goes now.</summary>
    public async Task<Answer> Erase(RunningHost host)
    {
        var asked = (await Me.Client.Post("/access/me/erasure", new { confirm = "erase" }, ("Idempotency-Key", Guid.NewGuid().ToString())))
            .ShouldBe(HttpStatusCode.Created);
        await Carried(host);
        using var anybody = host.Anonymous();
        return (await anybody.Get($"/access/erasures/{asked.Id}")).ShouldBe(HttpStatusCode.OK);
    }

    public static async Task Carried(RunningHost host)
    {
        await host.Services.GetRequiredService<ErasureWorker>().CatchUp(TestContext.Current.CancellationToken);
        await host.CaughtUp();
    }

    private static async Task<string> FirmOf(Account owner)
    {
        var mine = await owner.Client.Get("/clusters/firms/mine");
        return mine.Json.AsArray()[0].ShouldNotBeNull()["firm"].ShouldNotBeNull()["firm"].ShouldNotBeNull().ToString();
    }

    private static async Task<Account> Hired(StoryHost story, Account owner, string firm, string marker)
    {
        var email = $"{marker}@firm.example";
        var person = (await owner.Client.Post($"/clusters/firms/{firm}/people", new
        {
            email,
            givenName = $"{marker}-given",
            familyName = $"{marker}-family",
            position = "manager",
            jobTitle = $"{marker}-job",
            language = "de",
        }, ("Idempotency-Key", email))).ShouldBe(HttpStatusCode.Created).Id;
        return await story.Host.Accept(await owner.Client.Post($"/clusters/firms/{firm}/people/{person}/invitation", null), email);
    }

    private static async Task<string> Learnt(Account me, Account owner, string marker)
    {
        var record = (await me.Client.Post("/learning/records", new
        {
            kind = "observation",
            what = $"{marker}-what",
            learnt = $"{marker}-learnt",
            minutes = 40,
            with = new[] { owner.Person },
            links = new[] { $"https://firm.example/{marker}" },
            visibility = "cluster",
        })).ShouldBe(HttpStatusCode.Created).Id;
        (await me.Client.Put(
            $"/learning/records/{record}",
            new { kind = "observation", what = $"{marker}-what-2", learnt = $"{marker}-learnt-2", minutes = 50, with = new[] { owner.Person }, reason = $"{marker}-why" },
            ("If-Match", "\"1\""))).ShouldBe(HttpStatusCode.OK);
        (await owner.Client.Post($"/learning/records/{record}/confirmation", null)).ShouldBe(HttpStatusCode.OK);
        return record;
    }

    /// <summary>Mira's words in somebody else's record.</summary>
    private static async Task<string> Disputes(Account me, Account owner, string marker)
    {
        var record = await StoryHost.Record(owner, "webinar", null);
        var named = (await owner.Client.Post("/learning/records", new { kind = "webinar", what = "together", minutes = 20, with = new[] { me.Person } }))
            .ShouldBe(HttpStatusCode.Created).Id;
        (await me.Client.Post($"/learning/records/{named}/dispute", new { reason = $"{marker} was not there" })).ShouldBe(HttpStatusCode.OK);
        record.ShouldNotBe(named);
        return named;
    }

    private static async Task<string> Applied(StoryHost story, Account me, Account owner, string marker)
    {
        var witness = await story.Entrepreneur();
        var id = (await me.Client.Post("/accreditation/applications", new { standard = story.Standard, statement = $"{marker} negotiates" }))
            .ShouldBe(HttpStatusCode.Created).Id;
        var items = new[]
        {
            new { record = await StoryHost.Record(me, "event-or-fair", witness), criteria = new[] { "N1", "N2" } },
            new { record = await StoryHost.Record(me, "mistake-reflected"), criteria = new[] { "N2" } },
        };
        (await me.Client.Post($"/accreditation/applications/{id}/evidence", new { items })).ShouldBe(HttpStatusCode.OK);
        (await me.Client.Post($"/accreditation/applications/{id}/submission", null)).ShouldBe(HttpStatusCode.OK);
        (await story.Assign(id, story.Ahmed)).ShouldBe(HttpStatusCode.OK);
        (await story.Ahmed.Client.Post($"/accreditation/applications/{id}/ratings", new
        {
            ratings = new[] { "N1", "N2" }.Select(criterion => new
            {
                criterion,
                met = true,
                valid = true,
                authentic = true,
                current = true,
                sufficient = true,
                comment = $"{marker} shows it",
            }),
        })).ShouldBe(HttpStatusCode.OK);
        owner.Person.ShouldNotBe(me.Person);
        return id;
    }

    private static async Task<(string Resource, string Session)> Booked(StoryHost story, Account me, string firm, string marker)
    {
        var resource = (await me.Client.Post(
            $"/resources/clusters/{story.Cluster}/resources", new { firm, kind = "room", name = $"{marker} room", unit = "seats", timeZone = "Europe/Berlin", capacity = 9 }))
            .ShouldBe(HttpStatusCode.Created).Id;
        var start = DateTimeOffset.UtcNow.Date.AddDays(30).AddHours(9);
        var session = (await me.Client.Post($"/resources/clusters/{story.Cluster}/sessions", new
        {
            firm,
            kind = "workshop",
            title = $"{marker} workshop",
            start = $"{start:yyyy-MM-ddTHH:mm:ssZ}",
            end = $"{start.AddHours(2):yyyy-MM-ddTHH:mm:ssZ}",
            seatCount = 4,
            resources = new[] { new { resource, units = 1 } },
        })).ShouldBe(HttpStatusCode.Created).Id;
        return (resource, session);
    }
}

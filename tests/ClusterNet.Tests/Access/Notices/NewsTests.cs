using System.Globalization;
using System.Net;
using ClusterNet.Access.Contracts;
using ClusterNet.Tests.Accreditation;
using ClusterNet.Tests.Clusters;
using ClusterNet.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using Shouldly;

namespace ClusterNet.Tests.Access.Notices;

/// <summary>Who is told what, module by module, over HTTP.</summary>
public sealed class NewsTests(StoryHost story) : IClassFixture<StoryHost>
{
    [Fact]
    public async Task Every_kind_has_its_text_in_every_language()
    {
        var kinds = story.Host.Services.GetServices<NoticeKind>().ToList();
        kinds.Count.ShouldBeGreaterThan(25);
        var factory = story.Host.Services.GetRequiredService<IStringLocalizerFactory>();
        foreach (var language in AccountSettings.Languages)
        {
            CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
            var texts = kinds.Select(k => factory.Create(k.Texts)[$"Notice-{k.Name}", "{0}", "{1}"]).ToList();
            texts.Where(t => t.ResourceNotFound).Select(t => t.Name).ShouldBeEmpty();
            texts.Select(t => t.Value).Distinct().Count().ShouldBe(kinds.Count);
        }

        await Task.CompletedTask;
    }

    [Fact]
    public async Task Learning_asks_the_people_named_and_tells_the_owner_what_they_say()
    {
        var (owner, witness, doubter) = (await story.Entrepreneur(), await story.Entrepreneur(), await story.Entrepreneur());
        var secret = (await owner.Client.Post(
            "/learning/records", new { kind = "webinar", what = "my own", minutes = 20, with = new[] { witness.Person }, visibility = "private" }))
            .ShouldBe(HttpStatusCode.Created).Id;
        var record = (await owner.Client.Post(
            "/learning/records", new
            {
                kind = "observation",
                what = "zq-content",
                minutes = 40,
                with = new[] { witness.Person, doubter.Person },
                skillUris = new[] { "http://data.europa.eu/esco/skill/5f2efbdf-08a2-49cd-9c06-bd284e4f0fbf" },
            }))
            .ShouldBe(HttpStatusCode.Created).Id;
        (await Kinds(witness, "learning-")).ShouldBe(["learning-named"]);
        (await witness.Client.Post($"/learning/records/{record}/confirmation", null)).ShouldBe(HttpStatusCode.OK);
        (await witness.Client.Post($"/learning/records/{record}/endorsements", new { skillUri = "http://data.europa.eu/esco/skill/5f2efbdf-08a2-49cd-9c06-bd284e4f0fbf" }))
            .ShouldBe(HttpStatusCode.OK);
        (await doubter.Client.Post($"/learning/records/{record}/dispute", new { reason = "zq-reason" })).ShouldBe(HttpStatusCode.OK);

        (await Kinds(owner, "learning-")).ShouldBe(["learning-disputed", "learning-endorsed", "learning-confirmed"]);
        (await owner.Client.Put(
            $"/learning/records/{secret}/visibility", new { visibility = "cluster" })).Status.ShouldNotBe(HttpStatusCode.InternalServerError);
        (await owner.Client.Get("/access/me/notices")).Body.ShouldNotContain("zq-");
        (await story.Host.MailsTo(owner.Email, 1)).ShouldAllBe(m => !m.Text.Contains("zq-"));
    }

    [Fact]
    public async Task Clusters_tell_coordinators_who_applies_and_managers_what_was_decided()
    {
        var (coordinator, owner, other) = (await story.Newcomer(), await story.Newcomer(), await story.Newcomer());
        var cluster = await coordinator.Found("Lenne valley");
        var firm = await Register(owner, "Querform");
        (await owner.Client.Post($"/clusters/{cluster}/memberships", new { firm, reason = "zq-why" })).ShouldBe(HttpStatusCode.Created);
        (await Texts(coordinator)).ShouldBe(["Querform applies to join your cluster. A decision is waiting."]);
        (await coordinator.Client.Post($"/clusters/{cluster}/memberships/{firm}/admission", new { reason = "Welcome" })).ShouldBe(HttpStatusCode.OK);
        (await coordinator.Client.Post($"/clusters/{cluster}/memberships/{firm}/suspension", new { reason = "Fee" })).ShouldBe(HttpStatusCode.OK);
        (await Kinds(owner)).ShouldBe(["membership-suspended", "membership-admitted"]);

        var email = World.NewEmail();
        var hired = (await owner.Client.Post($"/clusters/firms/{firm}/people", World.PersonBody(email))).ShouldBe(HttpStatusCode.Created).Id;
        var ben = await story.Host.Accept(await owner.Client.Post($"/clusters/firms/{firm}/people/{hired}/invitation", null), email);
        (await owner.Client.Post($"/clusters/firms/{firm}/people/{hired}/position", new { position = "trainer", jobTitle = "Trainer" })).ShouldBe(HttpStatusCode.OK);
        (await Texts(ben)).ShouldBe(["Your position or job title at Querform was changed.", "You were added to the people of Querform."]);
        (await Texts(other)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Accreditation_tells_assessors_candidates_and_holders()
    {
        var (candidate, witness) = (await story.Entrepreneur(), await story.Entrepreneur());
        var application = await story.Assessed(candidate, witness);
        (await Kinds(story.Ahmed, "assessor-")).ShouldContain("assessor-assigned");
        (await story.Audrey.Client.Get($"/accreditation/applications/{application}")).Status.ShouldNotBe(HttpStatusCode.InternalServerError);
        var number = (await StoryHost.Decide(application, story.Dora)).ShouldBe(HttpStatusCode.OK).Text("number");
        (await story.Dora.Client.Post($"/accreditation/credentials/{number}/suspension", new { reason = "zq-doubt" })).ShouldBe(HttpStatusCode.OK);
        (await story.Dora.Client.Post($"/accreditation/credentials/{number}/withdrawal", new { reason = "zq-end" })).ShouldBe(HttpStatusCode.OK);

        (await Kinds(candidate, "application-", "credential-")).ShouldBe(["credential-withdrawn", "credential-suspended", "application-granted"]);
        var texts = await Texts(candidate);
        texts.ShouldContain("Your application for “Negotiating as a small supplier” was granted. Congratulations.");
        texts.ShouldNotContain(t => t.Contains("zq-"));
    }

    [Fact]
    public async Task Roles_are_told_to_who_gets_and_loses_them()
    {
        var nora = await story.Newcomer();
        var granted = (await story.Rosa.Client.Post(
            "/access/roles", new { person = nora.Person, role = "assessor", scopeKind = "cluster", scopeId = story.Cluster, reason = "zq" })).ShouldBe(HttpStatusCode.Created).Id;
        (await story.Rosa.Client.Post($"/access/roles/{granted}/revocation", new { reason = "zq" })).ShouldBe(HttpStatusCode.OK);
        (await Texts(nora)).ShouldBe(["A role of yours ended: assessor.", "You were given a role: assessor."]);
    }

    [Fact]
    public async Task Sessions_tell_whom_they_concern_and_who_moves_up()
    {
        var (host, guest, late) = (await story.Entrepreneur(), await story.Entrepreneur(), await story.Entrepreneur());
        var firms = await Task.WhenAll(new[] { host, guest, late }.Select(async a => (await a.Client.Get("/clusters/firms/mine")).Json.AsArray()[0].ShouldNotBeNull()["firm"]?["firm"]?.ToString()));
        var resource = (await host.Client.Post(
            $"/resources/clusters/{story.Cluster}/resources", new { firm = firms[0], kind = "room", name = "Room", unit = "seats", timeZone = "Europe/Berlin", capacity = 9 }))
            .ShouldBe(HttpStatusCode.Created).Id;
        var start = DateTimeOffset.UtcNow.Date.AddDays(30).AddHours(9);
        string At(int hours) => start.AddHours(hours).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        var session = (await host.Client.Post($"/resources/clusters/{story.Cluster}/sessions", new
        {
            firm = firms[0],
            kind = "workshop",
            title = "zq-title",
            start = At(0),
            end = At(2),
            seatCount = 1,
            resources = new[] { new { resource, units = 1 } },
        })).ShouldBe(HttpStatusCode.Created).Id;
        var seat = (await guest.Client.Post($"/resources/sessions/{session}/seats", new { firm = firms[1], count = 1, people = new[] { guest.Person } }))
            .ShouldBe(HttpStatusCode.Created).Id;
        (await late.Client.Post($"/resources/sessions/{session}/seats", new { firm = firms[2], count = 1 })).ShouldBe(HttpStatusCode.Created);
        var version = (await host.Client.Get($"/resources/sessions/{session}")).Headers["ETag"];
        (await host.Client.Post($"/resources/sessions/{session}/move", new { start = At(3), end = At(5) }, ("If-Match", version))).ShouldBe(HttpStatusCode.OK);
        (await guest.Client.Post($"/resources/sessions/{session}/seats/{seat}/cancellation", null)).ShouldBe(HttpStatusCode.OK);
        (await host.Client.Post($"/resources/sessions/{session}/cancellation", new { reason = "zq-reason" })).ShouldBe(HttpStatusCode.OK);

        (await Kinds(guest, "session-")).ShouldBe(["session-moved"]);
        (await Kinds(late, "session-")).ShouldBe(["session-cancelled", "session-promoted", "session-moved"]);
        (await Kinds(host, "session-")).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_import_tells_nobody()
    {
        var (coordinator, owner) = (await story.Newcomer(), await story.Newcomer());
        var cluster = await coordinator.Found("Imported");
        var firm = await Register(owner, "Taken over");
        (await owner.Client.Post($"/clusters/{cluster}/memberships", new { firm, reason = "To learn" })).ShouldBe(HttpStatusCode.Created);
        (await coordinator.Client.Post($"/clusters/{cluster}/memberships/{firm}/admission", new { reason = "Welcome" })).ShouldBe(HttpStatusCode.OK);
        var email = World.NewEmail();
        var people = $"{World.PersonHeader}\nTaken over,Ida,Imported,{email},employee,Turner,de\n";
        (await coordinator.Client.PostCsv($"/clusters/{cluster}/imports/people", World.Csv(people))).Counts().ShouldBe((1, 1, 0, 0));
        var list = await owner.Client.Get($"/clusters/firms/{firm}/people");
        var ida = list.Items.Select(p => $"{p["person"]}").Single(p => p != owner.Person);
        var records = $"record_ref,person_email,kind,happened_at,what,with_emails,visibility\nR1,{owner.Email},webinar,2026-03-01T10:00:00Z,Together,{email},cluster\n";
        (await coordinator.Client.PostCsv($"/learning/clusters/{cluster}/imports/records", World.Csv(records))).Counts().ShouldBe((1, 1, 0, 0));

        var account = await story.Host.Accept(await owner.Client.Post($"/clusters/firms/{firm}/people/{ida}/invitation", null), email);

        (await Texts(account)).ShouldBeEmpty();
        (await Kinds(owner)).ShouldBe(["membership-admitted"]);
    }

    [Fact]
    public async Task An_auditor_changes_the_own_settings_too()
    {
        (await story.Audrey.Client.Put("/access/me/settings", new { language = "de" })).ShouldBe(HttpStatusCode.OK);
        (await story.Audrey.Client.Put("/access/me/notice-preferences", new { mail = new Dictionary<string, string>() })).ShouldBe(HttpStatusCode.OK);
        (await story.Audrey.Client.Post("/access/me/notices/read-all", null)).ShouldBe(HttpStatusCode.NoContent);
    }

    private static async Task<string> Register(Account owner, string name) =>
        (await owner.Client.Post("/clusters/firms", World.FirmBody(name, $"HRB {Guid.NewGuid():n}"))).ShouldBe(HttpStatusCode.Created).Id;

    private async Task<IReadOnlyList<string>> Texts(Account reader)
    {
        await story.Host.CaughtUp();
        return await NoticeHouse.Texts(reader, "en");
    }

    private async Task<IReadOnlyList<string>> Kinds(Account reader, params string[] beginnings)
    {
        await story.Host.CaughtUp();
        var kinds = (await reader.Client.Get("/access/me/notices?limit=200")).ShouldBe(HttpStatusCode.OK).Items.Select(i => $"{i["kind"]}");
        return [.. kinds.Where(k => beginnings.Length == 0 || beginnings.Any(b => k.StartsWith(b, StringComparison.Ordinal)))];
    }
}

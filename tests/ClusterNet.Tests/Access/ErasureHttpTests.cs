using System.Net;
using ClusterNet.Access.Contracts;
using ClusterNet.Access.Erasures;
using ClusterNet.EventStore;
using ClusterNet.Tests.Clusters;
using ClusterNet.Tests.Hosting;
using ClusterNet.Tlog;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;

namespace ClusterNet.Tests.Access;

public sealed class ErasureHttpTests(RunningHost host) : IClassFixture<RunningHost>, IAsyncLifetime
{
    private static readonly object Everything = new { confirm = "erase" };
    private static Account? _operator;

    private static Account Olga => _operator ?? throw new InvalidOperationException("Olga signs in first.");

    public async ValueTask InitializeAsync()
    {
        if (await host.Services.GetRequiredService<FirstOperatorCode>().Current(TestContext.Current.CancellationToken) is not null) _operator = await host.Operator();
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Somebody_without_a_history_is_erased_and_the_address_is_free_for_a_new_person()
    {
        var nora = await host.Newcomer(Olga, "Nora Newcomer");
        var asked = (await nora.Client.Post("/access/me/erasure", Everything)).ShouldBe(HttpStatusCode.Created);
        asked.Headers["Location"].ShouldBe($"/api/v1/access/erasures/{asked.Id}");
        await Life.Carried(host);
        await host.Signed();

        using var anybody = host.Anonymous();
        var receipt = (await anybody.Get($"/access/erasures/{asked.Id}")).ShouldBe(HttpStatusCode.OK);
        (receipt.Text("stage"), receipt.Text("onRequestBy")).ShouldBe(("completed", "the person"));
        var order = receipt.Json["erased"].ShouldNotBeNull().AsArray().ShouldHaveSingleItem();
        var position = (order?["position"]).ShouldNotBeNull().GetValue<long>();
        LogProof.Parse($"{order?["proof"]}").ShouldNotBeNull().Index.ShouldBe(position);
        DateOnly.Parse(receipt.Text("unreadableFrom"), System.Globalization.CultureInfo.InvariantCulture)
            .ShouldBeLessThanOrEqualTo(DateOnly.FromDateTime(DateTime.UtcNow).AddDays(31));
        (await anybody.Post("/access/sign-in", new { email = nora.Email, password = Api.Password })).ShouldBeProblem(HttpStatusCode.Unauthorized, "sign-in-failed");

        var again = await Olga.Client.Post("/access/accounts", new { email = nora.Email, name = "Nora Newcomer" });
        var back = await host.Accept(await Olga.Client.Post($"/access/accounts/{again.Id}/invitation", null), nora.Email);
        back.Person.ShouldNotBe(nora.Person);
        (await back.Client.Get("/access/me")).Text("name").ShouldBe("Nora Newcomer");
    }

    [Fact]
    public async Task An_operator_erases_on_request_with_a_basis_and_a_reason_and_twice_is_the_same_request()
    {
        var nora = await host.Newcomer(Olga, "Nora Asked");
        var body = new { confirm = "erase", basis = "objection", reason = "Letter 17" };
        (await nora.Client.Post($"/access/people/{Olga.Person}/erasure", body)).ShouldBeProblem(HttpStatusCode.Forbidden, "not-allowed");
        (await Olga.Client.Post($"/access/people/{Olga.Person}/erasure", body)).ShouldBeProblem(HttpStatusCode.Conflict, "own-erasure");
        (await Olga.Client.Post($"/access/people/{Guid.NewGuid()}/erasure", body)).ShouldBeProblem(HttpStatusCode.NotFound, "person-unknown");
        (await Olga.Client.Post($"/access/people/{nora.Person}/erasure", new { confirm = "erase", basis = "objection", reason = " " }))
            .ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "invalid-request");

        var asked = (await Olga.Client.Post($"/access/people/{nora.Person}/erasure", body)).ShouldBe(HttpStatusCode.Created);
        (await Olga.Client.Post($"/access/people/{nora.Person}/erasure", body)).Id.ShouldBe(asked.Id);
        await Life.Carried(host);
        (await Olga.Client.Post($"/access/people/{nora.Person}/erasure", body)).ShouldBe(HttpStatusCode.OK).Id.ShouldBe(asked.Id);

        var receipt = await Olga.Client.Get($"/access/erasures/{asked.Id}");
        (receipt.Text("basis"), receipt.Text("onRequestBy")).ShouldBe(("objection", "an operator, for the person"));
        var listed = await Olga.Client.Get("/access/erasures");
        listed.Json["items"].ShouldNotBeNull().AsArray().Select(i => $"{i?["person"]}").ShouldContain(nora.Person);
        (await (await host.Newcomer(Olga, "Nosy")).Client.Get("/access/erasures")).ShouldBeProblem(HttpStatusCode.Forbidden, "not-allowed");
    }

    [Fact]
    public async Task What_is_not_confirmed_or_not_known_is_refused_and_nothing_happens()
    {
        var nora = await host.Newcomer(Olga, "Nora Careful");
        foreach (var body in new object[] { new { confirm = "yes" }, new { confirm = "erase", classes = new[] { "everything" } }, new { confirm = "erase", classes = Array.Empty<string>() } })
            (await nora.Client.Post("/access/me/erasure", body)).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "invalid-request");
        using var anybody = host.Anonymous();
        (await anybody.Get($"/access/erasures/{Guid.NewGuid()}")).ShouldBeProblem(HttpStatusCode.NotFound, "erasure-unknown");
        (await anybody.Post("/access/me/erasure", Everything)).ShouldBeProblem(HttpStatusCode.Unauthorized, "not-signed-in");
        var founding = new { name = "Mine", nuts = "DEA58", sectors = new[] { "25.62" }, charter = "None", businessObjective = "None" };
        var cluster = (await Olga.Client.Post("/clusters", founding)).Id;
        (await Olga.Client.Post("/access/auditor-grants", new { auditor = nora.Person, cluster, purpose = "Audit", expiresAt = DateTimeOffset.UtcNow.AddDays(9) }))
            .ShouldBe(HttpStatusCode.Created);
        (await nora.Client.Post("/access/me/erasure", Everything)).ShouldBeProblem(HttpStatusCode.Forbidden, "auditor-only-reads");
        (await nora.Client.Get("/access/me")).Text("email").ShouldBe(nora.Email);
    }

    [Fact]
    public async Task The_last_operator_stays_until_there_is_another()
    {
        (await Olga.Client.Post("/access/me/erasure", Everything)).ShouldBeProblem(HttpStatusCode.Conflict, "last-operator");
        (await Olga.Client.Post("/access/me/erasure", new { confirm = "erase", classes = new[] { "contact" } })).ShouldBeProblem(HttpStatusCode.Conflict, "last-operator");
        (await Olga.Client.Get("/access/me")).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task One_class_alone_goes_the_account_stays_and_later_words_of_that_class_are_not_kept()
    {
        var nora = await host.Newcomer(Olga, "Nora Partly");
        (await nora.Client.Post("/access/tokens", new { label = "zqpartly", validForDays = 9 })).ShouldBe(HttpStatusCode.Created);
        var preview = await nora.Client.Get("/access/me/erasure/preview");
        preview.Json["classes"].ShouldNotBeNull().AsArray().Single(c => $"{c?["class"]}" == "freetext")?["eventCount"]?.GetValue<int>().ShouldBe(1);
        (await nora.Client.Post("/access/me/erasure", new { confirm = "erase", classes = new[] { "freetext" } })).ShouldBe(HttpStatusCode.Created);
        await Life.Carried(host);

        (await nora.Client.Get("/access/me")).Text("name").ShouldBe("Nora Partly");
        (await nora.Client.Post("/access/tokens", new { label = "zqpartly again", validForDays = 9 })).ShouldBe(HttpStatusCode.Created);
        var tokens = await nora.Client.Get("/access/tokens");
        tokens.Body.ShouldNotContain("zqpartly");
        tokens.Json["items"].ShouldNotBeNull().AsArray().Count(t => $"{t?["label"]?["erased"]}" == "true").ShouldBe(2);
        (await new Traces(host).Of("zqpartly")).ShouldBeEmpty();
        var later = await nora.Client.Get("/access/me/erasure/preview");
        later.Json["requests"].ShouldNotBeNull().AsArray().Count.ShouldBe(1);
        later.Json["classes"].ShouldNotBeNull().AsArray().Where(c => $"{c?["erasedForGood"]}" == "true").Select(c => $"{c?["class"]}").ShouldBe(["freetext"]);
    }

    [Fact]
    public async Task Asked_many_times_at_once_there_is_one_request()
    {
        var nora = await host.Newcomer(Olga, "Nora Hasty");
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Olga.Client.Post(
            $"/access/people/{nora.Person}/erasure", new { confirm = "erase", basis = "objection", reason = "Letter 18" })));
        foreach (var answer in answers.Where(a => (int)a.Status >= 300)) answer.ShouldBeProblem(HttpStatusCode.Conflict, "erasure-under-way");
        answers.Where(a => (int)a.Status < 300).Select(a => a.Id).Distinct().Count().ShouldBe(1);
        await Life.Carried(host);
        (await ErasureRows.Of(new(Guid.Parse(nora.Person)), host.Services.GetRequiredService<Database>(), TestContext.Current.CancellationToken)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task The_only_owner_of_a_firm_can_go_and_the_firm_stays()
    {
        var owner = await host.Newcomer(Olga, "Otto Owner");
        var firm = await owner.Register("Otto's turnery");
        var asked = (await owner.Client.Post("/access/me/erasure", Everything)).ShouldBe(HttpStatusCode.Created).Id;

        // Nobody but the Host's own worker carries it out here.
        while ((await Olga.Client.Get($"/access/erasures/{asked}")).Text("stage") != "completed") await Task.Yield();

        (await Olga.Client.Get($"/clusters/firms/{firm}")).Text("name").ShouldBe("Otto's turnery");
    }

    [Fact]
    public async Task Anybody_may_read_what_kinds_of_personal_data_are_held_and_why()
    {
        using var anybody = host.Anonymous();
        var policy = (await anybody.Get("/access/personal-data")).ShouldBe(HttpStatusCode.OK);
        var classes = policy.Json["classes"].ShouldNotBeNull().AsArray();
        classes.Select(c => $"{c?["class"]}").ShouldBe(PersonalDataPolicy.All);
        foreach (var c in classes)
        {
            foreach (var word in new[] { "what", "purpose", "legalBasis", "retention" }) $"{c?[word]}".Length.ShouldBeGreaterThan(10);
            (c?["members"]).ShouldNotBeNull().AsArray().Count.ShouldBeGreaterThan(0);
        }
    }
}

using System.Net;
using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;

namespace ClusterNet.Tests.Accreditation;

public sealed class AccreditationTaskTests(StoryHost story) : IClassFixture<StoryHost>
{
    [Fact]
    public async Task An_application_is_in_the_hands_of_one_after_the_other()
    {
        var (candidate, witness) = (await story.Entrepreneur(), await story.Entrepreneur());
        var id = await story.Apply(candidate);
        (await Kinds(candidate)).ShouldContain("application-draft");
        var items = new[]
        {
            new { record = await StoryHost.Record(candidate, "event-or-fair", witness), criteria = new[] { "N1", "N2" } },
            new { record = await StoryHost.Record(candidate, "mistake-reflected"), criteria = new[] { "N2" } },
        };
        (await candidate.Client.Post($"/accreditation/applications/{id}/evidence", new { items })).ShouldBe(HttpStatusCode.OK);
        (await Kinds(candidate)).ShouldContain("application-ready");
        (await candidate.Client.Post($"/accreditation/applications/{id}/submission", null)).ShouldBe(HttpStatusCode.OK);
        (await Kinds(candidate)).ShouldNotContain("application-ready");

        (await story.Assign(id, story.Ahmed)).ShouldBe(HttpStatusCode.OK);
        (await Tasks(story.Ahmed)).Single(t => t.Kind == "application-to-assess").Href.ShouldBe("/assessments");
        (await Kinds(story.Dora)).ShouldNotContain("application-to-decide");
        (await StoryHost.Rate(id, story.Ahmed)).ShouldBe(HttpStatusCode.OK);
        (await Kinds(story.Ahmed)).ShouldNotContain("application-to-assess");
        (await Tasks(story.Dora)).Single(t => t.Kind == "application-to-decide").Text.ShouldContain("Negotiating as a small supplier");
        var granted = (await StoryHost.Decide(id, story.Dora)).ShouldBe(HttpStatusCode.OK);
        (await Kinds(story.Dora)).ShouldNotContain("application-to-decide");

        await Finds(granted.Text("number"), candidate);
    }

    /// <summary>One's own by what they attest; others' only by their whole number.</summary>
    private async Task Finds(string number, Account holder)
    {
        (await Found(holder, "negotiating")).ShouldContain(h => h.Kind == "credential" && h.Href == $"/verify?number={number}");
        (await Found(story.Ahmed, "negotiating")).ShouldNotContain(h => h.Kind == "credential");
        (await Found(story.Ahmed, number.Replace("-", " ", StringComparison.Ordinal).ToLowerInvariant())).ShouldContain(h => h.Kind == "credential" && h.Rank == 0);
        (await Found(story.Ahmed, number[..^2])).ShouldNotContain(h => h.Kind == "credential");
    }

    private async Task<IEnumerable<string>> Kinds(Account account) => (await Tasks(account)).Select(t => t.Kind);

    private async Task<IReadOnlyList<HomeTask>> Tasks(Account account) => await All<IHomeTasks, HomeTask>(account, (source, caller) => source.Of(caller, CancellationToken.None));

    private async Task<IReadOnlyList<SearchHit>> Found(Account account, string text) =>
        await All<ISearchSource, SearchHit>(account, (source, caller) => source.Find(text, 5, caller, CancellationToken.None));

    private async Task<IReadOnlyList<T>> All<TSource, T>(Account account, Func<TSource, Caller, Task<IReadOnlyList<T>>> ask)
    {
        await using var scope = story.Host.Services.CreateAsyncScope();
        var person = new Id<Person>(Guid.Parse(account.Person));
        var caller = new Caller(person, await scope.ServiceProvider.GetRequiredService<IRoles>().Of(person, CancellationToken.None));
        var found = new List<T>();
        foreach (var source in scope.ServiceProvider.GetServices<TSource>()) found.AddRange(await ask(source, caller));
        return found;
    }
}

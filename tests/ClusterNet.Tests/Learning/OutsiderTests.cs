using System.Net;
using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Contracts;
using ClusterNet.Learning.Records;
using ClusterNet.Tests.Hosting;
using Shouldly;
using Spec = ClusterNet.Tests.Spec<ClusterNet.Learning.Records.Entry, ClusterNet.Learning.Records.EntryEvent>;

namespace ClusterNet.Tests.Learning;

/// <summary>Somebody without an account can be named in a learning record, and nobody but its owner reads the name.</summary>
public sealed class OutsiderTests(LearningWorld world) : IClassFixture<LearningWorld>
{
    private static readonly DateTimeOffset Now = new(2026, 11, 30, 9, 0, 0, TimeSpan.Zero);
    private static readonly Id<Person> Owner = new(Guid.NewGuid()), Other = new(Guid.NewGuid());
    private static readonly LearningRecordRecorded Recorded = new(
        Owner, new(Guid.NewGuid()), LearningKind.Mentoring, "We talked", "", Now, 30, [], [], LearningPart.CompetenceDevelopment, new ValueList<string>([]), Visibility.Cluster, "app", Now);

    [Fact]
    public void Its_owner_names_somebody_and_takes_it_back()
    {
        var named = new LearningRecordOutsiderNamed(Owner, "Dr. Quill", Now);
        Spec.Given(Recorded).When(new NameOutsider(Owner, "Dr. Quill", Now)).Then(named);
        Spec.Given(Recorded, named).When(new NameOutsider(Owner, "Dr. Quill", Now)).Then();
        Spec.Given(Recorded, named).When(new NameOutsider(Owner, "", Now)).Then(named with { Name = "" });
        Spec.Given(Recorded).When(new NameOutsider(Owner, "", Now)).Then();
        Spec.Given(Recorded).When(new NameOutsider(Other, "Dr. Quill", Now)).ThenRefused(Rules.NotOwner);
        Spec.Given().When(new NameOutsider(Owner, "Dr. Quill", Now)).ThenRefused(Rules.Unknown);
    }

    [Fact]
    public async Task The_name_is_read_by_the_owner_alone_and_confirmations_stand()
    {
        var record = await LearningWorld.Record(world.Anna, new { kind = "mentoring", what = "We talked", with = (string[])[world.Bernd.Person], visibility = "cluster" });
        var address = $"/learning/records/{record}";
        (await world.Bernd.Client.Post($"{address}/confirmation", null)).ShouldBe(HttpStatusCode.OK);
        var name = $"Quillfeather {Guid.NewGuid():n}";
        (await world.Anna.Client.Put($"{address}/outsider", new { name })).ShouldBe(HttpStatusCode.OK);

        var mine = await world.Anna.Client.Get(address);
        mine.Text("outsider").ShouldBe(name);
        mine.Json["confirmations"].ShouldNotBeNull().AsArray().Count.ShouldBe(1);
        (await world.Anna.Client.Get($"{address}/events")).Body.ShouldContain(name);
        foreach (var who in new[] { world.Bernd, world.Albert, world.Conrad })
        {
            var answer = await who.Client.Get(address);
            answer.ShouldBe(HttpStatusCode.OK).Json["withOutsider"].ShouldNotBeNull().GetValue<bool>().ShouldBeTrue();
            answer.Body.ShouldNotContain(name);
            (await who.Client.Get($"{address}/events")).ShouldBe(HttpStatusCode.OK).Body.ShouldNotContain(name);
            (await who.Client.Get("/learning/records?limit=200")).Body.ShouldNotContain(name);
            (await who.Client.Get("/search?q=Quillfeather")).Json["hits"].ShouldNotBeNull().AsArray().ShouldBeEmpty();
        }

        (await world.Bernd.Client.Put($"{address}/outsider", new { name = "x" })).ShouldBeProblem(HttpStatusCode.Forbidden, "not-your-record");
        (await world.Clara.Client.Put($"{address}/outsider", new { name = "x" })).ShouldBeProblem(HttpStatusCode.NotFound, "learning-record-unknown");
        (await world.Anna.Client.Put($"{address}/outsider", new { name = new string('x', 201) })).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "invalid-request");
    }
}

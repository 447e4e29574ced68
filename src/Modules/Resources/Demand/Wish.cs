using System.Diagnostics;
using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Privacy;

namespace ClusterNet.Resources.Demand;

internal abstract record WishEvent;

/// <param name="Firm">Where the person works: its managers see the wish.</param>
/// <param name="Sentence">What the person says about it; empty for nothing.</param>
/// <param name="WantedBy">By when the person would like to know it.</param>
[StoredAs("training_wish_made")]
internal sealed record TrainingWishMade(
    Id<Cluster> Cluster, Id<Firm> Firm, Id<Person> Person, string SkillUri, [PersonalData(nameof(Person), KeyClass.FreeText)] Personal<string> Sentence, DateOnly? WantedBy,
    DateTimeOffset At) : WishEvent;

[StoredAs("training_wish_taken_back")]
internal sealed record TrainingWishTakenBack(Id<Person> Person, DateTimeOffset At) : WishEvent;

/// <summary>What somebody would like to learn in a cluster: one wish for each person and skill, open until it is taken back.</summary>
internal abstract record Wish : IState<Wish, WishEvent>
{
    public static readonly Refusal Unknown = new("wish-unknown", "There is no such wish of yours. Look at the list of your wishes.", 404);

    public sealed record Absent : Wish;

    public sealed record Open(TrainingWishMade Made) : Wish;

    public sealed record TakenBack(Id<Person> Person) : Wish;

    public static Wish Initial { get; } = new Absent();

    public static Id<Wish> IdOf(Id<Cluster> cluster, Id<Person> person, string skillUri) =>
        new(NamedGuid.Of("training-wish", cluster.ToString(), person.ToString(), skillUri));

    public static Wish Evolve(Wish state, WishEvent fact) => fact switch
    {
        TrainingWishMade e => new Open(e),
        TrainingWishTakenBack e => new TakenBack(e.Person),
        _ => throw new UnreachableException(fact.GetType().Name),
    };
}

using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Privacy;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Resources.Demand;

internal abstract record TrainingPriceEvent;

/// <param name="HourCents">What an hour of a course costs a firm a head, bought alone, in euro cents.</param>
/// <param name="Hours">How long such a course is.</param>
/// <param name="Source">Where the figure comes from.</param>
[StoredAs("training_price_set")]
internal sealed record TrainingPriceSet(
    Id<Cluster> Cluster, long HourCents, int Hours, [PersonalData(nameof(By), KeyClass.FreeText)] Personal<string> Source, Id<Person> By, DateTimeOffset At) : TrainingPriceEvent;

/// <summary>What training costs a firm of the cluster that buys it alone.</summary>
/// <param name="Set">Null until the coordinator has said: then it is an assumption, and no statistic.</param>
internal sealed record TrainingPrice(TrainingPriceSet? Set) : IState<TrainingPrice, TrainingPriceEvent>
{
    public const long AssumedHourCents = 5_000;

    /// <summary>One day of a course.</summary>
    public const int AssumedHours = 6;

    public static TrainingPrice Initial { get; } = new((TrainingPriceSet?)null);

    public long HourCents => Set?.HourCents ?? AssumedHourCents;

    public int Hours => Set?.Hours ?? AssumedHours;

    public long AloneCents => HourCents * Hours;

    public static Guid IdOf(Id<Cluster> cluster) => NamedGuid.Of("training-price", cluster.ToString());

    public static TrainingPrice Evolve(TrainingPrice state, TrainingPriceEvent fact) => fact is TrainingPriceSet set ? new(set) : state;
}

internal sealed record SetTrainingPrice(TrainingPriceSet Fact) : ICommand<TrainingPrice, TrainingPriceEvent>
{
    public Decision<TrainingPriceEvent> Decide(TrainingPrice state) =>
        state.Set is { } set && set with { By = Fact.By, At = Fact.At } == Fact ? Decision<TrainingPriceEvent>.Nothing : Fact;
}

internal static class SetTrainingPriceEndpoint
{
    public const int MaxSource = 200, MaxHours = 10;
    public const long MaxCents = 1_000_000;

    internal sealed record Body(long HourCents, int Hours, string Source) : IValidated
    {
        public void Validate(Faults faults) =>
            faults.Whole("hourCents", HourCents, 1, MaxCents).Whole("hours", Hours, 1, MaxHours).Text("source", Source, 1, MaxSource);
    }

    internal static void MapSetTrainingPrice(this IEndpointRouteBuilder routes) =>
        routes.MapPut("/resources/clusters/{cluster}/training-price", Handle)
            .WithName(nameof(SetTrainingPrice))
            .WithSummary("Say what training costs a firm that buys it alone: euro cents an hour and head, how many hours a course has, and where the figure comes from")
            .WithExample(new Body(6_800, 6, "Mean of three offers, spring 2027"))
            .SignedInMayCall("the coordinator of the cluster");

    internal static async Task<IResult> Handle(
        Id<Cluster> cluster, Body body, Caller caller, Standing standing, Streams<TrainingPrice, TrainingPriceEvent> prices, Commands commands, TimeProvider clock, CancellationToken ct)
    {
        if (await standing.MayKeepBooks(caller, cluster, ct) is { } refusal) return Problems.From(refusal);
        var id = new Id<TrainingPrice>(TrainingPrice.IdOf(cluster));
        var fact = new TrainingPriceSet(cluster, body.HourCents, body.Hours, body.Source.Trim(), caller.Person, clock.GetUtcNow());
        return await commands.Run(prices, id.Value, new SetTrainingPrice(fact), Reply.Changed($"/api/v1/resources/clusters/{cluster}/demand", id), ct);
    }
}

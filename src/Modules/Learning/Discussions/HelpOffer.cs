using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Projections;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Learning.Discussions;

internal abstract record HelpOfferEvent;

/// <summary>The person lets themselves be asked for help again.</summary>
[StoredAs("help_offer_opened")]
internal sealed record HelpOfferOpened(Id<Person> Person, DateTimeOffset At) : HelpOfferEvent;

/// <summary>The person does not want to be found by who looks for help.</summary>
[StoredAs("help_offer_closed")]
internal sealed record HelpOfferClosed(Id<Person> Person, DateTimeOffset At) : HelpOfferEvent;

/// <summary>Whether somebody lets themselves be found by who looks for help; as long as nothing is said, yes, within what the profile shows to whom.</summary>
internal sealed record HelpOffer(bool IsOpen) : IState<HelpOffer, HelpOfferEvent>
{
    public static HelpOffer Initial { get; } = new(true);

    public static Guid IdOf(Id<Person> person) => NamedGuid.Of("help-offer", person.ToString());

    public static HelpOffer Evolve(HelpOffer state, HelpOfferEvent fact) => new(fact is HelpOfferOpened);
}

internal sealed record HelpOfferRow(Guid Id, Id<Person> Person, bool IsOpen, long Version);

/// <summary>Who has said whether they want to be found.</summary>
internal sealed class HelpOffers() : InlineProjection<HelpOfferEvent, HelpOfferRow>(LearningModule.Name, Table)
{
    public static readonly Table<HelpOfferRow> Table = new(LearningModule.Name, "help_offers", nameof(HelpOfferRow.Id));

    protected override HelpOfferRow? Apply(HelpOfferRow? row, Recorded<HelpOfferEvent> recorded) => recorded.Fact switch
    {
        HelpOfferOpened e => new(recorded.Stream, e.Person, true, recorded.Version),
        HelpOfferClosed e => new(recorded.Stream, e.Person, false, recorded.Version),
        _ => row,
    };
}

internal sealed record OfferHelp(Id<Person> Person, bool Open, DateTimeOffset Now) : ICommand<HelpOffer, HelpOfferEvent>
{
    public Decision<HelpOfferEvent> Decide(HelpOffer state) => state.IsOpen == Open ? Decision<HelpOfferEvent>.Nothing
        : Open ? new HelpOfferOpened(Person, Now) : new HelpOfferClosed(Person, Now);
}

internal static class OfferHelpEndpoint
{
    /// <param name="Open">False to be found no more by who looks for help.</param>
    internal sealed record Body(bool Open);

    internal static void MapOfferHelp(this IEndpointRouteBuilder routes) =>
        routes.MapPut("/learning/help-offer", Handle)
            .WithName(nameof(OfferHelp)).WithSummary("Say whether one lets oneself be found by who looks for help").WithExample(new Body(false))
            .SignedInMayCall("everybody about themselves");

    internal static Task<IResult> Handle(
        Body body, Caller caller, Streams<HelpOffer, HelpOfferEvent> offers, Commands commands, TimeProvider clock, CancellationToken ct) => commands.Run(
        offers, HelpOffer.IdOf(caller.Person), new OfferHelp(caller.Person, body.Open, clock.GetUtcNow()), Reply.Changed("/api/v1/learning/help-offer", caller.Person), ct);
}

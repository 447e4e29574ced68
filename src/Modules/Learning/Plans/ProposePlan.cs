using System.Text.Json.Serialization;
using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Projections;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Learning.Plans;

internal sealed record ProposePlan(PlanProposed Proposed) : ICommand<Plan, PlanEvent>
{
    public Decision<PlanEvent> Decide(Plan state)
    {
        if (state is not Plan.Absent) return Decision<PlanEvent>.Nothing;
        return Proposed.Person == Proposed.Coach ? PlanRules.WithOneself : Proposed;
    }
}

internal sealed record AgreePlan(Id<Person> By, DateTimeOffset Now) : PlanCommand(By)
{
    public static readonly Refusal OwnProposal = new("own-proposal", "The other one agrees or declines.");

    protected override Decision<PlanEvent> Decide(Plan.Kept plan) => plan.Status switch
    {
        PlanStatus.Active => Decision<PlanEvent>.Nothing,
        PlanStatus.Proposed => plan.Proposed.By == By ? OwnProposal : new PlanAgreed(By, Now),
        _ => PlanRules.NotActive,
    };
}

internal sealed record DeclinePlan(Id<Person> By, string Reason, DateTimeOffset Now) : PlanCommand(By)
{
    protected override Decision<PlanEvent> Decide(Plan.Kept plan) => plan.Status switch
    {
        PlanStatus.Declined => Decision<PlanEvent>.Nothing,
        PlanStatus.Proposed => new PlanDeclined(By, Reason, Now),
        _ => PlanRules.NotActive,
    };
}

/// <summary>What one is in a plan.</summary>
[JsonConverter(typeof(WireNameConverter<PlanPart>))]
internal enum PlanPart
{
    [JsonStringEnumMemberName("person")]
    Person,

    [JsonStringEnumMemberName("coach")]
    Coach,
}

internal static class ProposePlanEndpoint
{
    /// <param name="With">The other one.</param>
    /// <param name="As">What the caller is: the person who learns, or the coach.</param>
    /// <param name="Wish">Where the person wants to go.</param>
    internal sealed record Body(Id<Person> With, string Wish, PlanPart As = PlanPart.Person) : IValidated
    {
        public void Validate(Faults faults) => faults.Text("wish", Wish, 1, PlanRules.MaxText);
    }

    internal sealed record Refused(string Reason) : IValidated
    {
        public void Validate(Faults faults) => faults.Text("reason", Reason, 1, PlanRules.MaxText);
    }

    internal static void MapProposePlan(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/learning/plans", Handle)
            .WithName(nameof(ProposePlan)).WithSummary("Propose a development plan to a coach, or as a coach to a person")
            .WithExample(new Body(Id<Person>.Parse("0198f2c4-7d1e-7c3a-9b43-0a1b2c3d4e5f", null), "Lead the shift in two years")).SignedInMayCall("everybody, with people whom they may see");
        routes.MapPost("/learning/plans/{id}/agreement", Agree).WithName(nameof(AgreePlan)).WithSummary("Agree to a proposed plan: it begins").SignedInMayCall("who is asked");
        routes.MapPost("/learning/plans/{id}/refusal", Decline)
            .WithName(nameof(DeclinePlan)).WithSummary("Decline a proposed plan, with a reason for the other one").WithExample(new Refused("Let us talk in autumn"))
            .SignedInMayCall("the two");
    }

    internal static async Task<IResult> Handle(Body body, Caller caller, PlanDesk desk, IPeopleNames names, CancellationToken ct)
    {
        if (body.With == caller.Person) return Problems.From(PlanRules.WithOneself);
        if (!(await names.SeenBy(caller, [body.With], ct)).ContainsKey(body.With)) return Problems.From(PlanRules.NobodyKnown);
        var (person, coach) = body.As == PlanPart.Person ? (caller.Person, body.With) : (body.With, caller.Person);
        return await desk.Propose(new(person, coach, caller.Person, body.Wish.Trim(), desk.Now), ct);
    }

    internal static Task<IResult> Agree(Id<Plan> id, IfMatch ifMatch, Caller caller, PlanDesk desk, CancellationToken ct) =>
        desk.Run(id, caller, new AgreePlan(caller.Person, desk.Now), ct);

    internal static Task<IResult> Decline(Id<Plan> id, Refused body, IfMatch ifMatch, Caller caller, PlanDesk desk, CancellationToken ct) =>
        desk.Run(id, caller, new DeclinePlan(caller.Person, body.Reason.Trim(), desk.Now), ct);
}

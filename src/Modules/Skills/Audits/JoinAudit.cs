using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Skills.Contracts;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Skills.Audits;

internal sealed record JoinAudit(Id<Firm> Firm, ValueList<Participant> People, Id<Person> By, DateTimeOffset Now) : ICommand<Campaign, CampaignEvent>
{
    public static readonly Refusal NobodyThere = new("nobody-to-rate", "Nobody of this firm can be rated: all of them take part with another firm, or there is nobody.", 409);
    public static readonly Refusal TooMany = new("audit-too-large", $"An audit takes {AuditRules.MaxPeople} people at most. Open another one for this firm.");

    public Decision<CampaignEvent> Decide(Campaign state)
    {
        if (state is not Campaign.Open o) return state is Campaign.Absent ? AuditRules.Unknown : AuditRules.Ended;
        if (o.Joined.Contains(Firm)) return Decision<CampaignEvent>.Nothing;
        if (!o.Invited.Contains(Firm) && !o.Declined.Contains(Firm)) return AuditRules.NotInvited;
        if (Now >= o.Deadline) return AuditRules.DeadlinePassed;
        // Who works in two firms of the audit is rated in the one that joined first.
        ValueList<Participant> people = [.. People.Where(p => o.Find(p.Person) is null)];
        if (people.Count == 0) return NobodyThere;
        return o.People.Count + people.Count > AuditRules.MaxPeople ? TooMany : new AuditFirmJoined(Firm, people, By, Now);
    }
}

internal sealed record DeclineAudit(Id<Firm> Firm, Id<Person> By, DateTimeOffset Now) : ICommand<Campaign, CampaignEvent>
{
    public static readonly Refusal JoinedAlready = new("firm-joined", "The firm takes part already. Ask who runs the audit to cancel it.");

    public Decision<CampaignEvent> Decide(Campaign state) => state switch
    {
        Campaign.Open o when o.Joined.Contains(Firm) => JoinedAlready,
        Campaign.Open o when o.Invited.Contains(Firm) => new AuditFirmDeclined(Firm, By, Now),
        Campaign.Open => Decision<CampaignEvent>.Nothing,
        Campaign.Absent => AuditRules.Unknown,
        _ => AuditRules.Ended,
    };
}

internal static class JoinAuditEndpoint
{
    internal static void MapJoinAudit(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/skills/audits/{id}/firms/{firm}/joining", Join)
            .WithName(nameof(JoinAudit)).WithSummary("Take part with a firm that was asked: holders of the profiles are rated, or everybody where nobody holds one")
            .InFirmMayCall("firm", Role.Manager);
        routes.MapPost("/skills/audits/{id}/firms/{firm}/refusal", Decline)
            .WithName(nameof(DeclineAudit)).WithSummary("Say that a firm does not take part").InFirmMayCall("firm", Role.Manager);
    }

    internal static async Task<IResult> Join(
        Id<Audit> id, Id<Firm> firm, Caller caller, AuditDesk desk, Streams<Campaign, CampaignEvent> campaigns, Commands commands, TimeProvider clock,
        CancellationToken ct)
    {
        if (await desk.Open(id, caller, ct) is not { } audit || !audit.Manages(firm)) return Problems.From(AuditRules.Unknown);
        var people = await desk.Plan(firm, [.. audit.Row.Profiles.Select(p => p.Profile)], audit.Row.Raters, caller.Person, ct);
        return await commands.Run(
            campaigns, id.Value, new JoinAudit(firm, people, caller.Person, clock.GetUtcNow()), Reply.Changed($"/api/v1/skills/audits/{id}", id), ct);
    }

    internal static async Task<IResult> Decline(
        Id<Audit> id, Id<Firm> firm, Caller caller, AuditDesk desk, Streams<Campaign, CampaignEvent> campaigns, Commands commands, TimeProvider clock,
        CancellationToken ct) => await desk.Open(id, caller, ct) is not { } audit || !audit.Manages(firm)
        ? Problems.From(AuditRules.Unknown)
        : await commands.Run(
            campaigns, id.Value, new DeclineAudit(firm, caller.Person, clock.GetUtcNow()), Reply.Changed($"/api/v1/skills/audits/{id}", id), ct);
}

using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Skills.Contracts;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Skills.Audits;

internal sealed record MoveDeadline(DateTimeOffset Deadline, Id<Person> By, DateTimeOffset Now) : ICommand<Campaign, CampaignEvent>
{
    public static readonly Refusal NotLater = new("deadline-not-later", "A deadline is moved later only, for people have planned by it. Choose a later one.", 422);

    public Decision<CampaignEvent> Decide(Campaign state) => state switch
    {
        Campaign.Open o when Deadline == o.Deadline => Decision<CampaignEvent>.Nothing,
        Campaign.Open o when Deadline < o.Deadline || Deadline <= Now => NotLater,
        Campaign.Open o when Deadline > AuditRules.Latest(o.OpenedAt) => OpenAudit.TooLate,
        Campaign.Open => new AuditDeadlineMoved(Deadline, By, Now),
        Campaign.Absent => AuditRules.Unknown,
        _ => AuditRules.Ended,
    };
}

/// <param name="By">Null when the system reminds, three days and one day before the deadline.</param>
internal sealed record RemindRaters(Id<Person>? By, DateTimeOffset Now) : ICommand<Campaign, CampaignEvent>
{
    public static readonly Refusal Today = new("reminded-today", "Everybody was reminded within the last 24 hours. Wait until tomorrow.");

    private static readonly int[] DaysBefore = [3, 1];

    public Decision<CampaignEvent> Decide(Campaign state) => state switch
    {
        Campaign.Open o when By is null => IsDue(o) ? new AuditReminded(null, Now) : Decision<CampaignEvent>.Nothing,
        Campaign.Open o when o.RemindedAt > Now.AddDays(-1) => Today,
        Campaign.Open => new AuditReminded(By, Now),
        Campaign.Absent => AuditRules.Unknown,
        _ => By is null ? Decision<CampaignEvent>.Nothing : AuditRules.Ended,
    };

    private bool IsDue(Campaign.Open o) => Now < o.Deadline && DaysBefore.Select(d => o.Deadline.AddDays(-d))
        .Any(t => t <= Now && t > o.OpenedAt && !(o.RemindedAt >= t));
}

/// <param name="By">Null when the deadline closes it.</param>
internal sealed record CloseAudit(Id<Person>? By, DateTimeOffset Now) : ICommand<Campaign, CampaignEvent>
{
    public static readonly Refusal NobodyJoined = new("nobody-joined", "No firm takes part yet, so there is nothing to close. Cancel it instead.");

    public Decision<CampaignEvent> Decide(Campaign state) => state switch
    {
        Campaign.Open o when By is null && Now < o.Deadline => Decision<CampaignEvent>.Nothing,
        Campaign.Open { Joined.Count: 0 } when By is not null => NobodyJoined,
        Campaign.Open o => new AuditClosed(By, o.Cluster, o.Joined, Now),
        Campaign.Closed => Decision<CampaignEvent>.Nothing,
        Campaign.Absent => AuditRules.Unknown,
        _ => AuditRules.Ended,
    };
}

internal sealed record CancelAudit(string Reason, Id<Person> By, DateTimeOffset Now) : ICommand<Campaign, CampaignEvent>
{
    public Decision<CampaignEvent> Decide(Campaign state) => state switch
    {
        Campaign.Open => new AuditCancelled(By, Reason, Now),
        Campaign.Cancelled => Decision<CampaignEvent>.Nothing,
        Campaign.Absent => AuditRules.Unknown,
        _ => AuditRules.Ended,
    };
}

internal static class RunAuditEndpoint
{
    private const string Runners = "who runs the audit: the firm's manager, or the cluster's coordinator";

    internal sealed record DeadlineBody(DateTimeOffset Deadline);

    internal sealed record CancelBody(string Reason) : IValidated
    {
        public void Validate(Faults faults) => faults.Text("reason", Reason, 1, AuditRules.MaxReason);
    }

    internal static void MapRunAudit(this IEndpointRouteBuilder routes)
    {
        routes.MapPut("/skills/audits/{id}/deadline", Move)
            .WithName(nameof(MoveDeadline)).WithSummary("Move the deadline, later only; everybody who rates is told")
            .WithExample(new DeadlineBody(DateTimeOffset.Parse("2027-06-30T22:00:00Z", System.Globalization.CultureInfo.InvariantCulture)))
            .SignedInMayCall(Runners);
        routes.MapPost("/skills/audits/{id}/reminders", Remind)
            .WithName(nameof(RemindRaters)).WithSummary("Remind everybody who has not sent all ratings; once a day").SignedInMayCall(Runners);
        routes.MapPost("/skills/audits/{id}/closure", Close)
            .WithName(nameof(CloseAudit)).WithSummary("Close the audit before its deadline; what was sent makes the results").SignedInMayCall(Runners);
        routes.MapPost("/skills/audits/{id}/cancellation", Cancel)
            .WithName(nameof(CancelAudit)).WithSummary("Cancel the audit: there will be no results")
            .WithExample(new CancelBody("The firm moves house this month.")).SignedInMayCall(Runners);
    }

    internal static Task<IResult> Move(
        Id<Audit> id, DeadlineBody body, IfMatch ifMatch, Caller caller, AuditDesk desk, Streams<Campaign, CampaignEvent> campaigns, Commands commands,
        TimeProvider clock, CancellationToken ct) =>
        Run(id, new MoveDeadline(body.Deadline.ToUniversalTime(), caller.Person, clock.GetUtcNow()), caller, desk, campaigns, commands, ct);

    internal static Task<IResult> Remind(
        Id<Audit> id, Caller caller, AuditDesk desk, Streams<Campaign, CampaignEvent> campaigns, Commands commands, TimeProvider clock, CancellationToken ct) =>
        Run(id, new RemindRaters(caller.Person, clock.GetUtcNow()), caller, desk, campaigns, commands, ct);

    internal static Task<IResult> Close(
        Id<Audit> id, IfMatch ifMatch, Caller caller, AuditDesk desk, Streams<Campaign, CampaignEvent> campaigns, Commands commands, TimeProvider clock,
        CancellationToken ct) => Run(id, new CloseAudit(caller.Person, clock.GetUtcNow()), caller, desk, campaigns, commands, ct);

    internal static Task<IResult> Cancel(
        Id<Audit> id, CancelBody body, IfMatch ifMatch, Caller caller, AuditDesk desk, Streams<Campaign, CampaignEvent> campaigns, Commands commands,
        TimeProvider clock, CancellationToken ct) =>
        Run(id, new CancelAudit(body.Reason, caller.Person, clock.GetUtcNow()), caller, desk, campaigns, commands, ct);

    private static async Task<IResult> Run(
        Id<Audit> id, ICommand<Campaign, CampaignEvent> command, Caller caller, AuditDesk desk, Streams<Campaign, CampaignEvent> campaigns, Commands commands,
        CancellationToken ct)
    {
        if (await desk.Open(id, caller, ct) is not { } audit) return Problems.From(AuditRules.Unknown);
        if (!audit.Runs) return Problems.From(AuditRules.NotRunner);
        return await commands.Run(campaigns, id.Value, command, Reply.Changed($"/api/v1/skills/audits/{id}", id), ct);
    }
}

using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Skills.Contracts;
using ClusterNet.Skills.Profiles;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Skills.Audits;

/// <param name="Joins">A firm's own audit: the firm takes part with these people at once. Null where firms are asked first.</param>
internal sealed record OpenAudit(
    Id<Cluster>? Cluster, ValueList<Id<Firm>> Firms, string Title, ValueList<AuditProfile> Profiles, RaterScheme Raters, DateTimeOffset Deadline,
    ValueList<Participant>? Joins, Id<Person> By, DateTimeOffset Now) : ICommand<Campaign, CampaignEvent>
{
    public static readonly Refusal TooSoon = new("deadline-too-soon", "The deadline has to lie ahead, by an hour at least. Choose a later one.", 422);
    public static readonly Refusal TooLate = new("deadline-too-late", $"An audit lasts {AuditRules.MaxDays} days at most. Choose an earlier deadline.", 422);

    public Decision<CampaignEvent> Decide(Campaign state)
    {
        if (state is not Campaign.Absent) return Decision<CampaignEvent>.Nothing;
        if (Deadline < Now.AddHours(1)) return TooSoon;
        if (Deadline > AuditRules.Latest(Now)) return TooLate;
        var opened = new AuditOpened(Cluster, Firms, Title, Profiles, Raters, Deadline, By, Now);
        return Joins is null ? opened : Decision<CampaignEvent>.Of(opened, new AuditFirmJoined(Firms[0], Joins, By, Now));
    }
}

internal static class OpenAuditEndpoint
{
    private static readonly Refusal NoFirms = new(
        "no-firms", "Some of the firms are not admitted to the cluster, or there is none. Read the cluster's firms and name some of those.", 422);

    /// <param name="Firm">A manager's own firm; leave out for a cluster's audit.</param>
    /// <param name="Cluster">The coordinator's cluster; leave out for a firm's audit.</param>
    /// <param name="Firms">Which firms of the cluster are asked; all of them unless told.</param>
    /// <param name="Profiles">Role profiles that the opener can see; each as it is now.</param>
    /// <param name="Raters">self, 180 (self and manager) or 270 (and peers).</param>
    internal sealed record Body(
        string Title, IReadOnlyList<Id<RoleProfile>> Profiles, RaterScheme Raters, DateTimeOffset Deadline, Id<Firm>? Firm = null, Id<Cluster>? Cluster = null,
        IReadOnlyList<Id<Firm>>? Firms = null) : IValidated
    {
        public void Validate(Faults faults) => faults.Text("title", Title, 1, AuditRules.MaxTitle).Count("profiles", Profiles, 1, AuditRules.MaxProfiles)
            .Count("firms", Firms, 0, 500).Check(Firm is null != Cluster is null, "firm", "one-owner", "Name either a firm or a cluster.");
    }

    private static readonly Body Example = new(
        "Spring audit", [Id<RoleProfile>.Parse("0198f2c4-7d1e-7c3a-9b43-0a1b2c3d4e60", null)], RaterScheme.ThreeQuarters,
        DateTimeOffset.Parse("2027-05-31T22:00:00Z", System.Globalization.CultureInfo.InvariantCulture),
        Id<Firm>.Parse("0198f2c4-7d1e-7c3a-9b43-0a1b2c3d4e5f", null));

    internal static void MapOpenAudit(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/skills/audits", Handle)
            .WithName(nameof(OpenAudit)).WithSummary("Open a skills audit of a firm, or ask firms of a cluster to take part in one")
            .WithDescription("A firm's own audit runs at once. In a cluster's each firm takes part as soon as its manager agrees, and not before.")
            .WithExample(Example).SignedInMayCall("managers for their firm, coordinators for their cluster");

    internal static async Task<IResult> Handle(
        Body body, Caller caller, ProfileDesk desk, AuditDesk audits, IFirmDirectory directory, Streams<Campaign, CampaignEvent> campaigns, Commands commands,
        TimeProvider clock, CancellationToken ct)
    {
        if (!ProfileDesk.MayOwn(body.Firm, body.Cluster, caller)) return Problems.From(AuditRules.NotRunner);
        var profiles = new List<AuditProfile>();
        foreach (var id in body.Profiles.Distinct())
        {
            if (await desk.Find(id, caller, ct) is not { } row) return Problems.From(ProfileRules.Unknown with { Status = 422 });
            if (row.Retired) return Problems.From(ProfileRules.Retired);
            profiles.Add(new(id, row.Skills));
        }

        var firms = await FirmsOf(body, directory, ct);
        if (firms.Count == 0) return Problems.From(NoFirms);
        var joins = body.Firm is { } own ? await audits.Plan(own, [.. profiles.Select(p => p.Profile)], body.Raters, caller.Person, ct) : null;
        var audit = Id<Audit>.New(clock);
        var command = new OpenAudit(
            body.Cluster, firms, body.Title.Trim(), [.. profiles], body.Raters, body.Deadline.ToUniversalTime(), joins, caller.Person, clock.GetUtcNow());
        return await commands.Run(campaigns, audit.Value, command, Reply.Created($"/api/v1/skills/audits/{audit}", audit), ct);
    }

    private static async Task<ValueList<Id<Firm>>> FirmsOf(Body body, IFirmDirectory directory, CancellationToken ct)
    {
        if (body.Firm is { } own) return [own];
        var admitted = (await directory.AdmittedTo(body.Cluster!.Value, ct)).Select(f => f.Firm).ToList(); // validated: one of the two is given
        var asked = body.Firms is { Count: > 0 } some ? some.Distinct().ToList() : admitted;
        return asked.All(admitted.Contains) ? [.. asked] : [];
    }
}

using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Projections;
using ClusterNet.Skills.Profiles;

namespace ClusterNet.Skills.Audits;

internal sealed record TakeOut(Id<Person> Person, Id<Firm> Firm, DateTimeOffset Now) : ICommand<Campaign, CampaignEvent>
{
    public Decision<CampaignEvent> Decide(Campaign state) => state is Campaign.Open o && o.Joined.Contains(Firm) && !o.Left.Contains(new(Person, Firm))
        && (o.Find(Person)?.Firm == Firm || o.Assignments.Any(a => a.Rater == Person && a.Firm == Firm))
        ? new AuditPersonLeft(Person, Firm, Now)
        : Decision<CampaignEvent>.Nothing;
}

/// <summary>Who leaves a firm leaves its audits and its role profiles.</summary>
internal sealed class Leavers(
    Database database, Streams<Campaign, CampaignEvent> campaigns, Streams<Profile, ProfileEvent> profiles, IFirmDirectory directory) : ISubscription
{
    public string Name => "skills-leavers";

    public string Module => SkillsModule.Name;

    public async Task Handle(PublishedFact fact, CancellationToken ct)
    {
        if (fact.Fact is not EmploymentHasEnded ended) return;
        // Told late, or told again: who works there anew is not taken out.
        if ((await directory.EmploymentsOf(ended.Person, ct)).Any(e => e.Firm == ended.Firm)) return;
        var execution = new Execution(CommandMetadata.System("left-the-firm"));
        foreach (var audit in await Ids("select id from skills.audits where state = 'running' and joined @> array[$1::uuid] order by id", ct, ended.Firm.Value))
            await campaigns.Execute(audit, new TakeOut(ended.Person, ended.Firm, ended.At), execution, ct);
        foreach (var profile in await Ids("select profile from skills.role_profile_holders where person = $1 and firm = $2", ct, ended.Person.Value, ended.Firm.Value))
            await profiles.Execute(profile, new TakeProfileBack(ended.Person, ended.Firm, ended.Person, ended.At), execution, ct);
    }

    private Task<List<Guid>> Ids(string sql, CancellationToken ct, params object[] values) =>
        database.Query(SkillsModule.Name, Statement.Of(sql, values), r => r.GetGuid(0), ct);
}

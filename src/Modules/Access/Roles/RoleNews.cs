using ClusterNet.Access.Contracts;
using ClusterNet.Access.Resources;
using ClusterNet.EventStore;
using ClusterNet.Projections;
using Microsoft.Extensions.DependencyInjection;

namespace ClusterNet.Access.Roles;

/// <summary>Tells people which roles somebody gave or took. Those that follow from a position in a firm are told with the position.</summary>
internal sealed class RoleNews(INotices notices, Database database, TimeProvider clock) : News<RoleAssignmentEvent>(notices, clock)
{
    private static readonly Role[] Told = [Role.Operator, Role.Coordinator, Role.Assessor, Role.DecisionMaker, Role.Auditor];

    public override string Name => "notices/roles";

    public override string Module => AccessModule.Name;

    public static void Declare(IServiceCollection services)
    {
        foreach (var role in Told.Select(WireNames.Of))
        {
            services.AddNoticeKind(new($"role-granted-{role}", "firm", typeof(NoticeTexts), NoticeMail.AtOnce));
            services.AddNoticeKind(new($"role-revoked-{role}", "firm", typeof(NoticeTexts), NoticeMail.AtOnce));
        }

        services.AddNews<RoleNews>();
    }

    protected override async Task<IReadOnlyList<Notice>> Of(Recorded<RoleAssignmentEvent> recorded, CancellationToken ct)
    {
        var (word, person, by) = recorded.Fact switch
        {
            RoleGranted e => ("granted", e.Person, e.By),
            RoleRevoked e => ("revoked", e.Person, e.By),
            _ => ("", default, null),
        };
        if (by is null || by == person) return [];
        var roles = await database.Query(
            AccessModule.Name, Statement.Of("select role from access.role_assignments where id = $1", recorded.Stream), r => WireNames.Parse<Role>(r.GetString(0)), ct);
        return roles is [var role] && Told.Contains(role) ? [new(person, $"role-{word}-{WireNames.Of(role)}", recorded.Id, "/account")] : [];
    }
}

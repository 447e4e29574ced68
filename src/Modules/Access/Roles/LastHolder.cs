using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Projections;

namespace ClusterNet.Access.Roles;

/// <summary>
/// A cluster keeps a coordinator, and the installation an operator. Two who give the role up at the same moment touch different streams, so the
/// rule is held in the transaction: one after the other per scope, each looking at what the one before left.
/// </summary>
internal static class LastHolder
{
    public const string Constraint = "last_holder";

    public const string Script = """
        create function access.keep_one(what text, kind text, scope uuid, at timestamptz) returns void language plpgsql as $$
        begin
            perform pg_advisory_xact_lock(hashtextextended('last-holder ' || what || kind || scope::text, 0));
            if not exists (
                select from access.role_assignments
                where role = what and scope_kind = kind and scope_id = scope and active and (expires_at is null or expires_at > at)) then
                raise exclusion_violation using constraint = 'last_holder', message = 'the last holder of a role stays';
            end if;
        end $$;
        """;

    /// <summary>Counts only who has come and whose role does not end by itself: nobody is left in charge who never was there.</summary>
    public const string LastingScript = """
        create or replace function access.keep_one(what text, kind text, scope uuid, at timestamptz) returns void language plpgsql as $$
        begin
            perform pg_advisory_xact_lock(hashtextextended('last-holder ' || what || kind || scope::text, 0));
            if not exists (
                select from access.role_assignments r join access.accounts a on a.id = r.person
                where r.role = what and r.scope_kind = kind and r.scope_id = scope and r.active and r.expires_at is null and a.can_sign_in) then
                raise exclusion_violation using constraint = 'last_holder', message = 'the last holder of a role stays';
            end if;
        end $$;
        """;

    public static readonly Refusal Stays = new(
        "last-holder", "Nobody else who can sign in has this role here without an end, and somebody must. Give the role to another person first, then repeat this.");

    private static readonly Role[] Kept = [Role.Coordinator, Role.Operator];

    /// <summary>The statement that commits with a revocation; none for roles that may stay without a holder.</summary>
    public static IReadOnlyList<Statement> Keep(Role role, RoleScope scope, DateTimeOffset now) => !Kept.Contains(role) ? [] :
    [
        Statement.Of("select access.keep_one($1, $2, $3, $4)", WireNames.Of(role), WireNames.Of(scope.Kind), scope.Id, now),
    ];
}

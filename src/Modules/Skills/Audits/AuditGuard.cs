using ClusterNet.EventStore;
using ClusterNet.Skills.Contracts;

namespace ClusterNet.Skills.Audits;

/// <summary>
/// Holds an audit open while a rating commits: of a rating and a close at the same moment one comes first, and a rating that comes second is decided
/// again and refused. The audit's row is locked for share, so that raters do not wait for each other.
/// </summary>
internal static class AuditGuard
{
    /// <summary>CN001 is the store's conflict: it decides again on what is there then.</summary>
    public const string Script = """
        create function skills.hold_audit_open(wanted uuid) returns void language plpgsql as $$
        begin
            perform 1 from skills.audits where id = wanted and state in ('open', 'running') for share;
            if not found then raise exception 'audit % has ended', wanted using errcode = 'CN001'; end if;
        end $$;
        """;

    public static Statement HoldOpen(Id<Audit> audit) => Statement.Of("select skills.hold_audit_open($1)", audit.Value);
}

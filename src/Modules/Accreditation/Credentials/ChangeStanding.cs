using ClusterNet.Access.Contracts;
using ClusterNet.Accreditation.Applications;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Accreditation.Credentials;

/// <summary>Who changes a credential's standing, and why it is not somebody of the holder's own house.</summary>
/// <param name="SharesFirm">Whether the decision maker works in a firm of the holder.</param>
internal sealed record StandingChange(Id<Person> By, bool SharesFirm, string Reason, DateTimeOffset Now)
{
    public static readonly Refusal ByHolder = new(
        "standing-by-holder", "Nobody decides on their own credential. Ask another decision maker.");

    public static readonly Refusal SameFirm = Conflicts.DeciderSameFirm;

    public Refusal? Check(Id<Person> holder) => By == holder ? ByHolder : SharesFirm ? SameFirm : null;
}

internal sealed record SuspendCredential(StandingChange Change) : ICommand<Credential, CredentialEvent>
{
    public static readonly Refusal Withdrawn = new(
        "credential-withdrawn", "This credential is withdrawn for good; only a new application leads to another one.");

    public Decision<CredentialEvent> Decide(Credential state) => state switch
    {
        Credential.Active c when Change.Check(c.Holder) is { } refusal => refusal,
        Credential.Active c => new CredentialSuspended(c.Holder, Change.By, Change.Reason, Change.Now),
        Credential.Suspended => Decision<CredentialEvent>.Nothing,
        Credential.Withdrawn => Withdrawn,
        _ => VerifyCredentialEndpoint.Unknown,
    };
}

internal sealed record ReinstateCredential(StandingChange Change) : ICommand<Credential, CredentialEvent>
{
    public Decision<CredentialEvent> Decide(Credential state) => state switch
    {
        Credential.Suspended c when Change.Check(c.Holder) is { } refusal => refusal,
        Credential.Suspended c => new CredentialReinstated(c.Holder, Change.By, Change.Reason, Change.Now),
        Credential.Active => Decision<CredentialEvent>.Nothing,
        Credential.Withdrawn => SuspendCredential.Withdrawn,
        _ => VerifyCredentialEndpoint.Unknown,
    };
}

internal sealed record WithdrawCredential(StandingChange Change) : ICommand<Credential, CredentialEvent>
{
    public Decision<CredentialEvent> Decide(Credential state) => state switch
    {
        Credential.Active { Holder: var holder } => Withdraw(holder),
        Credential.Suspended { Holder: var holder } => Withdraw(holder),
        Credential.Withdrawn => Decision<CredentialEvent>.Nothing,
        _ => VerifyCredentialEndpoint.Unknown,
    };

    private Decision<CredentialEvent> Withdraw(Id<Person> holder) =>
        Change.Check(holder) is { } refusal ? refusal : new CredentialWithdrawn(holder, Change.By, Change.Reason, Change.Now);
}

internal static class ChangeStandingEndpoint
{
    internal static void MapChangeStanding(this IEndpointRouteBuilder routes)
    {
        Map("suspension", nameof(SuspendCredential), "Suspend a credential, with a reason; it verifies as suspended at once",
            c => new SuspendCredential(c));
        Map("reinstatement", nameof(ReinstateCredential), "Reinstate a suspended credential, with a reason",
            c => new ReinstateCredential(c));
        Map("withdrawal", nameof(WithdrawCredential), "Withdraw a credential for good, with a reason", c => new WithdrawCredential(c));

        void Map(string step, string name, string summary, Func<StandingChange, ICommand<Credential, CredentialEvent>> command) =>
            routes.MapPost($"/accreditation/credentials/{{number}}/{step}", (
                    string number, Reason body, Caller caller, Streams<Credential, CredentialEvent> credentials, IFirmDirectory firms,
                    Database database,
                    Commands commands, TimeProvider clock, CancellationToken ct) =>
                    Handle(number, body.Text, caller, command, credentials, firms, database, commands, clock.GetUtcNow(), ct))
                .WithName(name).WithSummary(summary).WithExample(new Reason("The confirmed work turned out to be somebody else's."))
                .SignedInMayCall("a decision maker of the issuing cluster, of another firm than the holder's");
    }

    private static async Task<IResult> Handle(
        string number, string reason, Caller caller, Func<StandingChange, ICommand<Credential, CredentialEvent>> command,
        Streams<Credential, CredentialEvent> credentials, IFirmDirectory firms, Database database, Commands commands, DateTimeOffset now,
        CancellationToken ct)
    {
        if (CredentialNumber.Read(number) is not { } read) return Problems.From(VerifyCredentialEndpoint.Mistyped);
        if (await HeldCredentials.Find(read, database, ct) is not { } row) return Problems.From(VerifyCredentialEndpoint.Unknown);
        // That the credential exists is public.
        if (!caller.Is(Role.DecisionMaker, RoleScope.Cluster(row.Cluster))) return Problems.From(AccreditationModule.NotAllowed);
        var employed = await firms.FirmsOf([caller.Person, row.Holder], ct);
        var sharesFirm = employed.GetValueOrDefault(caller.Person, []).Intersect(employed.GetValueOrDefault(row.Holder, [])).Any();
        var change = new StandingChange(caller.Person, sharesFirm, reason, now);
        return await commands.Run(
            credentials, row.Id.Value, command(change), Reply.Changed($"/api/v1/accreditation/credentials/{row.Number}", row.Id), ct);
    }
}

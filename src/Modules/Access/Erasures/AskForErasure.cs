using ClusterNet.Access.Accounts;
using ClusterNet.Access.Contracts;
using ClusterNet.Access.Tokens;
using ClusterNet.EventStore;
using ClusterNet.Privacy;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Access.Erasures;

internal static class AskForErasureEndpoint
{
    private static readonly Refusal Oneself = new(
        "own-erasure", "This is for requests of others. For yourself use POST /api/v1/access/me/erasure.");

    /// <param name="Confirm">The word <c>erase</c>.</param>
    /// <param name="Classes">All, unless told: see GET /access/personal-data.</param>
    internal sealed record Body(string Confirm, IReadOnlyList<string>? Classes = null) : IValidated
    {
        public void Validate(Faults faults) => ErasureDesk.Validate(faults, Confirm, Classes);
    }

    /// <param name="Reason">How the request came, such as the letter's number. It is kept: name nobody in it.</param>
    internal sealed record OperatorBody(string Confirm, ErasureBasis Basis, string Reason, IReadOnlyList<string>? Classes = null) : IValidated
    {
        public void Validate(Faults faults)
        {
            ErasureDesk.Validate(faults, Confirm, Classes);
            faults.Text("reason", Reason, 1, 500);
        }
    }

    internal static void MapAskForErasure(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/access/me/erasure", Own)
            .WithName("AskForErasure").WithSummary("Have one's own data erased, for good; the answer's id opens the receipt, also without an account")
            .WithDescription("Nothing undoes it. Ask GET /access/me/erasure/preview first for what would go and what must be kept.")
            .WithExample(new Body("erase")).SignedInMayCall("everybody for themselves").WithMetadata(NeedsAccountScope.Instance);
        routes.MapPost("/access/people/{id}/erasure", OfAnother)
            .WithName("AskForErasureOfPerson").WithSummary("Have a person's data erased on the person's request; give the receipt's id to the person")
            .WithExample(new OperatorBody("erase", ErasureBasis.ConsentWithdrawn, "Letter 2026-117, identity checked at the counter"))
            .OperatorMayCall();
    }

    private static Task<IResult> Own(Body body, Caller caller, ErasureDesk desk, CancellationToken ct) =>
        desk.Ask(caller.Person, body.Classes, ErasureBasis.NoLongerNecessary, caller.Person, Personal<string>.Erased, ct);

    private static async Task<IResult> OfAnother(
        Id<Person> id, OperatorBody body, Caller caller, ErasureDesk desk, Streams<Account, AccountEvent> accounts, CancellationToken ct)
    {
        if (id == caller.Person) return Problems.From(Oneself);
        if ((await accounts.Load(id.Value, ct)).State is Account.Absent) return Problems.From(InviteAccount.Unknown);
        return await desk.Ask(id, body.Classes, body.Basis, caller.Person, body.Reason, ct);
    }
}

using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.Clusters.People;
using ClusterNet.EventStore;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Clusters.Firms;

/// <summary>What a firm is, as its register and address say.</summary>
internal sealed record FirmData(string Name, string RegistrationNumber, string Country, string Nuts, string City, string Nace, string? Website)
{
    public string Key => RegistrationKeys.Of(Country, RegistrationNumber, City);
}

/// <param name="Leader">Who owns it; null when a list names its people later.</param>
internal sealed record RegisterFirm(FirmData Firm, FirmFigures? Figures, Id<Person>? Leader, Id<Person> By, DateTimeOffset Now)
    : ICommand<FirmProfile, FirmProfileEvent>
{
    public static readonly Refusal AlreadyRegistered = new(
        "firm-already-registered",
        "A firm with this registration number is registered at this seat already. Ask its manager to add you, instead of registering it again.");

    public Decision<FirmProfileEvent> Decide(FirmProfile state)
    {
        if (state is not FirmProfile.Absent) return Decision<FirmProfileEvent>.Nothing;
        List<FirmProfileEvent> facts =
        [
            new FirmRegistered(Firm.Name, Firm.RegistrationNumber, Firm.Country, Firm.Nuts, Firm.City, Firm.Nace, Firm.Website, By, Now),
        ];
        if (Figures is { } f) facts.Add(new FirmFiguresReported(f.HeadCount, f.TurnoverCents, f.BalanceSheetCents, f.ReportedOn, By, Now));
        if (Leader is { } leader) facts.Add(new FirmLeaderNamed(leader, Now));
        return Decision<FirmProfileEvent>.Of([.. facts]);
    }
}

internal static class RegisterFirmEndpoint
{
    /// <param name="Owner">The caller's own name, if no firm has registered the caller yet; the account's name is taken otherwise.</param>
    internal sealed record Body(
        string Name, string RegistrationNumber, string Country, string Nuts, string City, string Nace, string? Website = null,
        OwnerBody? Owner = null)
        : IValidated
    {
        public void Validate(Faults faults)
        {
            faults.Text("name", Name);
            faults.Text("registrationNumber", RegistrationNumber, 1, 50);
            faults.Check(RegistrationNumber.Any(char.IsLetterOrDigit), "registrationNumber", "no-number", "A number in a register, such as HRB 4335, is expected.");
            faults.Country("country", Country);
            faults.Nuts("nuts", Nuts);
            faults.Check(Codes.IsNutsOf(Country, Nuts), "nuts", "nuts-not-in-country", "This region lies in another country.");
            faults.Text("city", City, 1, 100);
            faults.Nace("nace", Nace);
            faults.Url("website", Website);
            Owner?.Validate(faults.In("owner"));
        }

        internal FirmData Firm => new(Name.Trim(), RegistrationNumber.Trim(), Country, Nuts, City.Trim(), Nace, Website);
    }

    internal sealed record OwnerBody(string GivenName, string FamilyName, string Language)
    {
        internal void Validate(Faults faults)
        {
            faults.Text("givenName", GivenName, 1, 100);
            faults.Text("familyName", FamilyName, 1, 100);
            faults.Language("language", Language);
        }
    }

    internal static void MapRegisterFirm(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/clusters/firms", Handle)
            .WithName(nameof(RegisterFirm)).WithSummary("Register a firm and become its owner here")
            .WithExample(new Body(
                "Querform GmbH", "HRB 4335", "DE", "DEA58", "Menden", "22.29", "https://querform.example", new("Björn", "Quast", "de")))
            .SignedInMayCall("everybody: who registers a firm becomes its owner");

    internal static async Task<IResult> Handle(
        Body body, Caller caller, Streams<FirmProfile, FirmProfileEvent> firms, Staffing staffing, FirmQueries queries, Commands commands,
        TimeProvider clock, CancellationToken ct)
    {
        var (id, now, firm) = (Id<Firm>.New(clock), clock.GetUtcNow(), body.Firm);
        return await commands.Run(
            firms, id.Value, new RegisterFirm(firm, null, caller.Person, caller.Person, now),
            Reply.Created($"/api/v1/clusters/firms/{id}", id), ct,
            onGuard: async _ => RegisterFirm.AlreadyRegistered.With("firm", (await queries.ByKeys([firm.Key], ct)).GetValueOrDefault(firm.Key)),
            also: async _ => await staffing.PrepareOwner(caller.Person, id, body.Owner, now, ct));
    }
}

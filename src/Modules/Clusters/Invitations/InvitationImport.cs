using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.Clusters.Imports;
using ClusterNet.Csv;
using ClusterNet.EventStore;

namespace ClusterNet.Clusters.Invitations;

/// <summary>Invites a list of people to a firm: each sound row is an invitation of its own.</summary>
internal sealed class InvitationImport(
    Id<Firm> firm, Id<Person> by, InvitationDesk desk, Streams<Invitation, InvitationEvent> invitations, CommandMetadata metadata, bool dryRun) : ICsvImport
{
    private static readonly CsvLayout Columns = new(["given_name", "family_name", "email", "role"], ["job_title", "language"]);
    private readonly HashSet<string> _seen = new(StringComparer.OrdinalIgnoreCase);

    public CsvLayout Layout => Columns;

    public async Task Take(IReadOnlyList<CsvRow> rows, ImportTally tally, CancellationToken ct)
    {
        foreach (var row in rows)
        {
            var (to, position) = Read(row);
            if (!row.IsSound) tally.Reject(row);
            else if (!_seen.Add(to.Email)) tally.FindAlreadyThere();
            else if (await Send(to, position, ct) is { } refusal) Reject(row, tally, refusal);
            else tally.Accept();
        }
    }

    private static (Addressee To, Position Position) Read(CsvRow row)
    {
        var (position, jobTitle, language) = PersonColumns.WorkOf(row);
        return (new(row.Email("email"), row.Text("given_name", 100), row.Text("family_name", 100), jobTitle, language), position);
    }

    private async Task<Refusal?> Send(Addressee to, Position position, CancellationToken ct)
    {
        var sending = await desk.Prepare(Place.In(firm, position), to, by, ct);
        if (sending.Refusal is { } refusal) return refusal;
        if (dryRun) return null;
        return await invitations.Execute(sending.Id, sending.Command, new(metadata) { Statements = sending.Statements }, ct) is Outcome.Refused refused
            ? refused.Refusal
            : null;
    }

    private static void Reject(CsvRow row, ImportTally tally, Refusal refusal)
    {
        row.Refuse("email", refusal.Code, refusal.Text, "Leave the row out of the file.");
        tally.Reject(row);
    }
}

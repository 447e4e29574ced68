using ClusterNet.Clusters.Contracts;
using ClusterNet.Csv;
using ClusterNet.EventStore;
using ClusterNet.Projections;

namespace ClusterNet.Resources.Pool;

/// <summary>A row of a list of pooled resources.</summary>
internal sealed record ResourceLine(
    Id<Firm> Firm, ResourceKind Kind, string Name, int? Capacity, string Unit, long? AmountCents, Availability Availability)
{
    public static readonly CsvLayout Layout = new(["firm", "kind", "name"], ["capacity", "unit", "amount", "available", "time_zone"]);

    private const string ExampleZone = "Name an IANA time zone such as Europe/Berlin.";

    private static readonly string[] Kinds = [.. Enum.GetValues<ResourceKind>().Select(WireNames.Of)];

    /// <summary>What makes a resource the same one when a list comes again.</summary>
    public (Id<Firm>, ResourceKind, string) Key => (Firm, Kind, Name.ToLowerInvariant());

    /// <summary>Reads a row to its end; look at <see cref="CsvRow.IsSound"/> before using the line.</summary>
    public static ResourceLine Of(CsvRow row, MemberFirms firms)
    {
        var firm = firms.Find(row);
        var kind = row.OneOf("kind", Kinds) is { Length: > 0 } text ? WireNames.Parse<ResourceKind>(text) : (ResourceKind?)null;
        var name = row.Text("name");
        var isMoney = kind == ResourceKind.Money;
        var capacity = isMoney || kind is null
            ? row.OptionalWhole("capacity", 1, ContributeResourceEndpoint.MaxCapacity)
            : row.Whole("capacity", 1, ContributeResourceEndpoint.MaxCapacity);
        var amount = isMoney
            ? row.LargeWhole("amount", 1, ContributeResourceEndpoint.MaxCents)
            : row.OptionalLargeWhole("amount", 1, ContributeResourceEndpoint.MaxCents);
        if (isMoney && capacity is not null)
            row.Refuse("capacity", "capacity", "Money has an amount, not a capacity.", "Leave the cell empty.");
        if (!isMoney && kind is not null && amount is not null)
            row.Refuse("amount", "amount", "Only money has an amount.", "Leave the cell empty.");
        var unit = row.OptionalText("unit", 40) ?? (isMoney ? "EUR cents" : "unit");
        return new(firm, kind ?? default, name, capacity, unit, amount, Hours(row));
    }

    private static Availability Hours(CsvRow row)
    {
        var available = row.OptionalText("available", 500) ?? WeeklyHours.Always;
        if (WeeklyHours.TryParse(available) is null)
            row.Refuse("available", "malformed-hours", "These are no weekly hours.", WeeklyHours.Expected);
        // Hours need a place's clock; always needs none.
        var isAlways = available.Equals(WeeklyHours.Always, StringComparison.OrdinalIgnoreCase);
        var zone = row.OptionalText("time_zone") ?? (isAlways ? "Etc/UTC" : "");
        if (zone.Length == 0)
            row.Refuse("time_zone", "cell-empty", "Hours need the time zone of the place.", ExampleZone);
        else if (Availability.FindZone(zone) is null)
            row.Refuse("time_zone", "unknown-time-zone", "There is no such time zone.", ExampleZone);
        return new(available, zone);
    }
}

/// <summary>A cluster's firms by the names that lists call them by.</summary>
internal sealed class MemberFirms(IReadOnlyList<FirmCard> firms)
{
    private readonly ILookup<string, Id<Firm>> _byName = firms.ToLookup(f => Bare(f.Name), f => f.Firm, StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _names = [.. firms.Select(f => f.Name)];

    public Id<Firm> Find(CsvRow row)
    {
        var name = row.Text("firm");
        if (name.Length == 0) return default;
        var found = _byName[Bare(name)].Take(2).ToList();
        if (found.Count == 1) return found[0];
        if (found.Count > 1)
        {
            row.Refuse(
                "firm", "firm-ambiguous", "Several firms of this cluster have this name.",
                "Contribute the resource for the right one by hand.");
        }
        else
            row.RefuseUnknown("firm", "firm-not-in-cluster", "No firm of this cluster has this name.", _names);
        return default;
    }

    private static string Bare(string name) =>
        string.Join(' ', name.Normalize().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}

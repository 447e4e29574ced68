using System.Globalization;
using ClusterNet.Access.Contracts;
using ClusterNet.Design;
using ClusterNet.EventStore;
using ClusterNet.Web;
using Microsoft.Extensions.Localization;

namespace ClusterNet.Access.Grants;

/// <summary>What the page of grants sends: addresses and days as typed.</summary>
internal sealed class GrantForm
{
    public string? Email { get; set; }

    public string? Organisation { get; set; }

    public string? Purpose { get; set; }

    public string? Cluster { get; set; }

    public string? Standard { get; set; }

    public string? From { get; set; }

    public string? Until { get; set; }

    /// <summary>Addresses, one a line.</summary>
    public string? Persons { get; set; }

    /// <summary>The last day on which the grant counts.</summary>
    public string? LastDay { get; set; }

    /// <summary>Of ending one.</summary>
    public string? Reason { get; set; }

    /// <returns>The request as the API takes it; null when <paramref name="faults"/> say what is wrong.</returns>
    public async Task<GiveGrantEndpoint.Body?> Read(IAccounts accounts, FormFaults faults, IStringLocalizer text, CancellationToken ct)
    {
        var auditor = await accounts.FindByEmail((Email ?? "").Trim(), ct);
        faults.Check(auditor is not null, "Form.Email", text["GrantEmailUnknown"]);
        faults.Check(Guid.TryParse(Cluster, out var cluster), "Form.Cluster", text["GrantClusterNeeded"]);
        Guid? standard = Guid.TryParse(Standard, out var one) ? one : null;
        faults.Check(string.IsNullOrEmpty(Standard) || standard is not null, "Form.Standard", text["GrantStandardUnknown"]);
        var (from, until, last) = (Day(From, "Form.From"), Day(Until, "Form.Until"), Day(LastDay, "Form.LastDay"));
        if (last is null && faults["Form.LastDay"] is null) faults.Add("Form.LastDay", text["GrantLastDayNeeded"]);
        var persons = await Named(accounts, faults, text, ct);
        var body = new GiveGrantEndpoint.Body(
            auditor ?? default, cluster, (Purpose ?? "").Trim(), Expiry(last ?? DateOnly.MinValue), Organisation, standard, from, until, persons);
        var more = new Faults();
        body.Validate(more);
        faults.Add(more, fault => ProblemWords.Of(fault, text));
        return faults.Any ? null : body;

        DateOnly? Day(string? typed, string name)
        {
            if (string.IsNullOrWhiteSpace(typed)) return null;
            if (DateOnly.TryParseExact(typed, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return day;
            faults.Add(name, text["GrantNoDay"]);
            return null;
        }
    }

    /// <summary>The end of the last day, in UTC as all days of grants.</summary>
    private static DateTimeOffset Expiry(DateOnly last) =>
        last == DateOnly.MaxValue ? DateTimeOffset.MaxValue : new(last.AddDays(1), TimeOnly.MinValue, TimeSpan.Zero);

    private async Task<IReadOnlyList<Id<Person>>?> Named(IAccounts accounts, FormFaults faults, IStringLocalizer text, CancellationToken ct)
    {
        const StringSplitOptions tidy = StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries;
        var emails = (Persons ?? "").Split(['\n', '\r', ',', ';'], tidy).Select(e => e.ToLowerInvariant()).Distinct().ToList();
        if (emails.Count == 0) return null;
        var known = await accounts.FindByEmails(emails, ct);
        var unknown = emails.Where(e => !known.ContainsKey(e)).ToList();
        if (unknown.Count > 0) faults.Add("Form.Persons", text["GrantPersonsUnknown", string.Join(", ", unknown.Take(5))]);
        return [.. known.Values.Distinct()];
    }
}

using System.Globalization;
using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.Design;
using ClusterNet.EventStore;
using ClusterNet.Learning.Contracts;
using ClusterNet.Learning.Records;
using ClusterNet.Learning.Resources;
using ClusterNet.Learning.Templates;
using ClusterNet.Skills.Contracts;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Localization;

namespace ClusterNet.Learning.Capture;

/// <summary>What a form of a learning record shows.</summary>
/// <param name="People">Who was there: chosen, or suggested.</param>
internal sealed record ShownRecord(RecordInput Input, IReadOnlyList<Chip> People, IReadOnlyList<Chip> Skills)
{
    public static readonly ShownRecord Empty = new(new(), [], []);
}

/// <summary>Reads forms of learning records and shows them again, with what was chosen by picker or suggested.</summary>
internal sealed class RecordForm(
    ISkillCatalogue catalogue, IPeopleNames names, Suggester suggester, Company company, Design.Reader reader, TimeProvider clock, IStringLocalizer<Texts> text)
{
    /// <summary>So many of the suggested skills stand there taken.</summary>
    private const int SkillsTaken = 2;

    public const string PersonChips = "person", SkillChips = "skill";

    public DateOnly Today => reader.Day(clock.GetUtcNow());

    private static string Language => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName;

    /// <summary>A record that is to be corrected.</summary>
    public async Task<ShownRecord> Of(Content content, long version, Caller caller, CancellationToken ct)
    {
        var input = new RecordInput
        {
            What = content.What.Or(""),
            Learnt = content.Learnt.Or(""),
            Kind = content.Kind.ToString(),
            Minutes = Number(content.Minutes),
            On = DayOf(content),
            Link = string.Join('\n', content.Links.Or([])),
            Version = version,
        };
        return new(input, await People([.. content.With.Select(w => w.Person.ToString())], [], caller, ct), await Skills([.. content.SkillUris], [], ct));
    }

    /// <summary>A new record from a template, of today.</summary>
    public async Task<ShownRecord> Of(TemplateRow template, Caller caller, CancellationToken ct) => new(
        new RecordInput
        {
            What = template.What.Or(""),
            Kind = template.Kind.ToString(),
            Minutes = Number(template.Minutes),
            Visibility = template.Visibility?.ToString(),
        },
        await People([.. template.WithPersons.Select(p => p.ToString())], [], caller, ct), await Skills(template.SkillUris, [], ct));

    /// <summary>A new record of which something is known already, of today.</summary>
    public async Task<ShownRecord> Of(RecordLearningEndpoint.Body known, Caller caller, CancellationToken ct) => new(
        new RecordInput { What = known.What, Kind = known.Kind.ToString(), Link = string.Join('\n', known.Links ?? []), Capture = known.Capture },
        await People([.. (known.With ?? []).Select(p => p.ToString())], [], caller, ct), await Skills(known.SkillUris ?? [], [], ct));

    /// <summary>What was sent, with what its pickers chose as chips.</summary>
    public async Task<ShownRecord> Sent(RecordInput input, IFormCollection form, Caller caller, CancellationToken ct)
    {
        var (people, skills) = (Chip.Sent(form, PersonChips), Chip.Sent(form, SkillChips));
        if (Id<Person>.TryParse(input.Person?.Id, null, out var person))
        {
            people.Taken = [.. people.Taken.Append(person.ToString()).Distinct()];
            input.Person = null;
        }

        if (Guid.TryParse(input.Skill?.Id, out var skill) && await catalogue.UriOf(skill, ct) is { } uri)
        {
            skills.Taken = [.. skills.Taken.Append(uri).Distinct()];
            input.Skill = null;
        }

        return new(input, await People(people.Taken, people.Left, caller, ct), await Skills(skills.Taken, skills.Left, ct));
    }

    /// <summary>The same with what the sentence suggests: nothing that somebody chose or left is changed.</summary>
    public async Task<ShownRecord> Suggested(ShownRecord shown, Caller caller, CancellationToken ct)
    {
        var input = shown.Input;
        if (string.IsNullOrWhiteSpace(input.What) || input.What.Length > Rules.MaxText) return shown;
        var (firm, _) = await company.FirmOf(caller.Person, Id<Firm>.TryParse(input.Firm, null, out var named) ? named : null, ct);
        var found = await suggester.For(input.What, Language, Today, caller, firm, ct);
        var sentence = found.Sentence;
        (input.Kind, input.KindOffered) = Next(input.Kind, input.KindOffered, sentence.Kind?.ToString());
        (input.Minutes, input.MinutesOffered) = Next(input.Minutes, input.MinutesOffered, sentence.Minutes is { } m ? Number(m) : null);
        (input.On, input.OnOffered) = Next(input.On, input.OnOffered, sentence.DaysAgo is { } ago ? Iso(Today.AddDays(-ago)) : null, Iso(Today));
        return new(
            input,
            [
                .. shown.People,
                .. found.People.Where(p => shown.People.All(c => c.Value != p.Person.ToString())).Select(p => new Chip(p.Person.ToString(), p.Name, p.FirmName, p.Sure)),
            ],
            [
                .. shown.Skills,
                .. found.Skills.Where(s => shown.Skills.All(c => c.Value != s.Uri)).Select((s, i) => new Chip(
                    s.Uri, s.Label, text["Because", string.Join(' ', s.Words)], i < SkillsTaken && !shown.Skills.Any(c => c.Taken))),
            ]);
    }

    /// <summary>The request that the form stands for; null, with the faults, where it says something that is none.</summary>
    public RecordLearningEndpoint.Body? Body(ShownRecord shown, FormFaults faults)
    {
        var input = shown.Input;
        var chosen = Enum.TryParse<LearningKind>(input.Kind, out var kind) && Enum.IsDefined(kind);
        faults.Check(chosen || string.IsNullOrEmpty(input.Kind), "Form.Kind", text["Fault-kind"]);
        // One sentence is enough: what it does not say can be put right later.
        if (!chosen) kind = Sentence.Read(input.What ?? "", Language, Today).Kind ?? LearningKind.OnTheJob;
        faults.Check(Whole(input.Minutes, out var minutes), "Form.Minutes", text["Fault-minutes", Rules.MaxMinutes]);
        faults.Check(Day(input.On, out var day) && !(day > Today), "Form.On", text["Fault-day"]);
        faults.Check(input.Person is not { Text.Length: > 0 }, "Form.Person", text["Fault-chosen"]);
        faults.Check(input.Skill is not { Text.Length: > 0 }, "Form.Skill", text["Fault-chosen"]);
        var body = new RecordLearningEndpoint.Body(
            kind, input.What?.Trim() ?? "", input.Learnt?.Trim() ?? "", day is { } on ? InstantOf(on) : null, minutes,
            [.. shown.People.Where(c => c.Taken).Select(c => Id<Person>.Parse(c.Value, null))], [.. shown.Skills.Where(c => c.Taken).Select(c => c.Value)], null,
            Enum.TryParse<Visibility>(input.Visibility, out var circle) && Enum.IsDefined(circle) ? circle : null,
            input.Link?.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [],
            Id<Firm>.TryParse(input.Firm, null, out var firm) ? firm : null, input.Capture);
        return faults.Take(body, text).Any ? null : body;
    }

    /// <summary>Today: now; another day: its noon, on the reader's clock.</summary>
    public DateTimeOffset InstantOf(DateOnly day) => day == Today ? clock.GetUtcNow() : reader.At(day, new(12, 0));

    /// <summary>The day of what happened, as the form shows it.</summary>
    public string DayOf(Content content) => Iso(reader.Day(content.HappenedAt));

    public static bool Day(string? typed, out DateOnly? day)
    {
        var known = DateOnly.TryParseExact(typed, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var exact);
        day = known ? exact : null;
        return known || string.IsNullOrEmpty(typed);
    }

    private static bool Whole(string? typed, out int? number)
    {
        var known = int.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out var exact);
        number = known ? exact : null;
        return (known && exact is >= 1 and <= Rules.MaxMinutes) || string.IsNullOrWhiteSpace(typed);
    }

    /// <summary>A new suggestion takes the place of an empty field and of the suggestion before, and of nothing else.</summary>
    private static (string? Value, string? Offered) Next(string? value, string? offered, string? suggested, string? usual = null) =>
        suggested is not null && (string.IsNullOrEmpty(value) || value == offered || value == usual) ? (suggested, suggested) : (value, offered);

    private async Task<IReadOnlyList<Chip>> People(IReadOnlyList<string> taken, IReadOnlyList<string> left, Caller caller, CancellationToken ct)
    {
        var all = taken.Concat(left).Select(v => (Value: v, Known: Id<Person>.TryParse(v, null, out var person), Person: person)).Where(v => v.Known).ToList();
        var seen = await names.SeenBy(caller, [.. all.Select(v => v.Person)], ct);
        return [.. all.Where(v => taken.Contains(v.Value) || seen.ContainsKey(v.Person))
            .Select(v => new Chip(v.Value, seen.GetValueOrDefault(v.Person) ?? text["Somebody"], null, taken.Contains(v.Value)))];
    }

    private async Task<IReadOnlyList<Chip>> Skills(IReadOnlyList<string> taken, IReadOnlyList<string> left, CancellationToken ct)
    {
        var cards = await catalogue.Find([.. taken, .. left], Language, ct);
        return [.. taken.Concat(left).Where(u => taken.Contains(u) || cards.ContainsKey(u)).Select(u => new Chip(u, cards.LabelOf(u), null, taken.Contains(u)))];
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    public static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

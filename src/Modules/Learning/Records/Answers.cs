using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Contracts;
using ClusterNet.Privacy;

namespace ClusterNet.Learning.Records;

/// <summary>A learning record in a list.</summary>
internal sealed record RecordSummary(
    Id<LearningRecord> Id, Id<Person> Person, Id<Firm> Firm, LearningKind Kind, Personal<string> What, Personal<string> Learnt,
    DateTimeOffset HappenedAt, int Minutes, IReadOnlyList<Companion> With, IReadOnlyList<string> SkillUris, LearningPart Part,
    Visibility Visibility,
    int ConfirmedCount, bool Disputed, long Version)
{
    public static RecordSummary Of(RecordRow r) => new(
        r.Id, r.Person, r.Firm, r.Kind, r.What, r.Learnt, r.HappenedAt, r.Minutes,
        [.. r.WithPersons.Zip(r.WithFirms, (p, f) => new Companion(new(p), new(f)))], r.SkillUris, r.Part, r.Visibility,
        r.Voices.Count(v => v is { Stands: true, Kind: VoiceKind.Confirmed }), r.Disputed, r.Version);
}

/// <summary>A learning record with all that stands in it, now or as it was.</summary>
/// <param name="WithOutsider">Somebody from outside was there, too.</param>
/// <param name="Outsider">Who that was: to the owner only; null for others, and for nobody.</param>
/// <param name="Confirmations">Those that stand for this content.</param>
/// <param name="Version">The version shown.</param>
/// <param name="Position">The place in the log up to which history was read; only when a past state was asked for by time or
/// position.</param>
internal sealed record RecordAnswer(
    Id<LearningRecord> Id, Id<Person> Person, Id<Firm> Firm, LearningKind Kind, Personal<string> What, Personal<string> Learnt,
    DateTimeOffset HappenedAt, int Minutes, IReadOnlyList<Companion> With, bool WithOutsider, Personal<string>? Outsider, IReadOnlyList<string> SkillUris, LearningPart Part,
    Personal<ValueList<string>> Links, Visibility Visibility, IReadOnlyList<Said> Confirmations, IReadOnlyList<Said> Disputes,
    IReadOnlyList<Endorsement> Endorsements, IReadOnlyList<ShownFile> Files, EvidenceStrength Strength, Personal<string> Source, DateTimeOffset RecordedAt, DateTimeOffset ChangedAt, long Version,
    long? Position)
{
    public static RecordAnswer Of(Id<LearningRecord> id, Entry.Kept k, Id<Person> reader, long version, long? position)
    {
        var c = k.Content;
        return new(
            id, k.Person, k.Firm, c.Kind, c.What, c.Learnt, c.HappenedAt, c.Minutes, c.With, k.HasOutsider,
            k.HasOutsider && k.Person == reader ? k.Outsider : (Personal<string>?)null, c.SkillUris, c.Part, c.Links, k.Visibility,
            Standing(VoiceKind.Confirmed), Standing(VoiceKind.Disputed), k.Endorsements, [.. k.Files.Select(f => new ShownFile(f.Address, f.Facts.Select(x => x.Name), f.Facts.Select(x => x.MediaType), f.Facts.Select(x => x.Length), f.At))],
            EvidenceStrength.Of(k), k.Source, k.RecordedAt, k.ChangedAt, version,
            position);

        IReadOnlyList<Said> Standing(VoiceKind kind) =>
            [.. k.Voices.Where(v => v.Stands && v.Kind == kind)
                .Select(v => new Said(v.Person, v.Firm, kind is VoiceKind.Disputed ? v.Reason : (Personal<string>?)null, v.At))];
    }
}

/// <summary>What somebody who was there says of the record.</summary>
internal sealed record Said(Id<Person> Person, Id<Firm> Firm, Personal<string>? Reason, DateTimeOffset At);

/// <summary>A file of a record, without what opens it.</summary>
internal sealed record ShownFile(string Address, Personal<string> Name, Personal<string> MediaType, Personal<long> Length, DateTimeOffset At);

using System.Diagnostics;
using System.Text.Json.Serialization;
using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Files;
using ClusterNet.Learning.Contracts;
using ClusterNet.Privacy;

namespace ClusterNet.Learning.Records;

internal abstract record EntryEvent;

/// <param name="Firm">Where the person worked then.</param>
/// <param name="Learnt">Empty when nothing was said.</param>
/// <param name="Source"><c>app</c>, or the import with the row's own reference, which may name somebody.</param>
[StoredAs("learning_record_recorded")]
internal sealed record LearningRecordRecorded(
    Id<Person> Person, Id<Firm> Firm, LearningKind Kind,
    [PersonalData(nameof(LearningRecordRecorded.Person), KeyClass.Learning)] Personal<string> What,
    [PersonalData(nameof(LearningRecordRecorded.Person), KeyClass.Learning)] Personal<string> Learnt,
    DateTimeOffset HappenedAt, int Minutes, ValueList<Companion> With, ValueList<string> SkillUris, LearningPart Part,
    [PersonalData(nameof(LearningRecordRecorded.Person), KeyClass.Learning)] Personal<ValueList<string>> Links,
    Visibility Visibility, [PersonalData(nameof(LearningRecordRecorded.Person), KeyClass.Learning)] Personal<string> Source,
    DateTimeOffset At) : EntryEvent;

/// <summary>The whole content as it is from now on; what it was stays in the history.</summary>
/// <param name="ConfirmationsStand">
/// False when what, kind, when, how long, with whom or skills changed: earlier confirmations, disputes and endorsements spoke of something
/// else.
/// </param>
[StoredAs("learning_record_corrected")]
internal sealed record LearningRecordCorrected(
    Id<Person> Person, LearningKind Kind,
    [PersonalData(nameof(LearningRecordCorrected.Person), KeyClass.Learning)] Personal<string> What,
    [PersonalData(nameof(LearningRecordCorrected.Person), KeyClass.Learning)] Personal<string> Learnt,
    DateTimeOffset HappenedAt, int Minutes, ValueList<Companion> With, ValueList<string> SkillUris, LearningPart Part,
    [PersonalData(nameof(LearningRecordCorrected.Person), KeyClass.Learning)] Personal<ValueList<string>> Links,
    [PersonalData(nameof(LearningRecordCorrected.Person), KeyClass.FreeText)] Personal<string> Reason,
    bool ConfirmationsStand, DateTimeOffset At) : EntryEvent
{
    /// <summary>Corrected by what the record came from, not by its owner.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Told { get; init; }
}

/// <param name="Firm">The firm that the confirmer belonged to then.</param>
[StoredAs("learning_record_confirmed")]
internal sealed record LearningRecordConfirmed(Id<Person> By, Id<Firm> Firm, DateTimeOffset At) : EntryEvent;

[StoredAs("learning_record_disputed")]
internal sealed record LearningRecordDisputed(
    Id<Person> By, Id<Firm> Firm, [PersonalData(nameof(LearningRecordDisputed.By), KeyClass.FreeText)] Personal<string> Reason,
    DateTimeOffset At) : EntryEvent;

[StoredAs("learning_record_endorsed")]
internal sealed record LearningRecordEndorsed(Id<Person> By, Id<Firm> Firm, string SkillUri, DateTimeOffset At) : EntryEvent;

[StoredAs("learning_record_visibility_changed")]
internal sealed record LearningRecordVisibilityChanged(Visibility Visibility, DateTimeOffset At) : EntryEvent;

/// <param name="Address">In the vault of files.</param>
[StoredAs("learning_record_file_attached")]
internal sealed record LearningRecordFileAttached(
    Id<Person> Person, [property: VaultAddress] string Address, [PersonalData(nameof(LearningRecordFileAttached.Person), KeyClass.Learning)] Personal<FileFacts> Facts,
    DateTimeOffset At) : EntryEvent;

/// <summary>Who was there from outside, without an account, such as a mentor: for the owner's own memory, and read by nobody else.</summary>
/// <param name="Name">Empty for nobody any more.</param>
[StoredAs("learning_record_outsider_named")]
internal sealed record LearningRecordOutsiderNamed(
    Id<Person> Person, [PersonalData(nameof(LearningRecordOutsiderNamed.Person), KeyClass.Learning)] Personal<string> Name, DateTimeOffset At) : EntryEvent;

[StoredAs("learning_record_file_detached")]
internal sealed record LearningRecordFileDetached(string Address, DateTimeOffset At) : EntryEvent;

/// <summary>
/// A learning record: what one person learnt, corrected by its owner only, confirmed or disputed by the people it names, never overwritten.
/// </summary>
internal abstract record Entry : IState<Entry, EntryEvent>
{
    public sealed record Absent : Entry;

    /// <param name="Voices">Confirmations and disputes, those of earlier content included; at most one of each person stands.</param>
    public sealed record Kept(
        Id<Person> Person, Id<Firm> Firm, Content Content, Visibility Visibility, ValueList<Voice> Voices,
        ValueList<Endorsement> Endorsements,
        Personal<string> Source, DateTimeOffset RecordedAt, DateTimeOffset ChangedAt) : Entry
    {
        public ValueList<AttachedFile> Files { get; init; } = [];

        /// <summary>Who was there from outside; empty for nobody. Only the owner reads it.</summary>
        public Personal<string> Outsider { get; init; } = "";

        /// <summary>Somebody has changed it, shown it or spoken on it: it is not just what it came from any more.</summary>
        public bool Touched { get; init; }

        /// <summary>That somebody was there, all readers learn.</summary>
        public bool HasOutsider => Outsider.Or("?").Length > 0;

        public Voice? StandingVoiceOf(Id<Person> person) => Voices.FirstOrDefault(v => v.Stands && v.Person == person);

        public Companion? CompanionOf(Id<Person> person) => Content.With.FirstOrDefault(c => c.Person == person);
    }

    public static Entry Initial { get; } = new Absent();

    public static Entry Evolve(Entry state, EntryEvent fact)
    {
        var next = Next(state, fact);
        return fact is LearningRecordRecorded or LearningRecordCorrected { Told: true } ? next : next with { Touched = true };
    }

    private static Kept Next(Entry state, EntryEvent fact) => (state, fact) switch
    {
        (_, LearningRecordRecorded e) => new Kept(e.Person, e.Firm, Content.Of(e), e.Visibility, [], [], e.Source, e.At, e.At),
        (Kept k, LearningRecordCorrected e) => k with
        {
            Content = Content.Of(e),
            ChangedAt = e.At,
            Voices = e.ConfirmationsStand ? k.Voices : [.. k.Voices.Select(v => v with { Stands = false })],
            Endorsements = e.ConfirmationsStand ? k.Endorsements : [],
        },
        (Kept k, LearningRecordConfirmed e) => Said(k, new(e.By, e.Firm, VoiceKind.Confirmed, "", e.At, true)),
        (Kept k, LearningRecordDisputed e) => Said(k, new(e.By, e.Firm, VoiceKind.Disputed, e.Reason, e.At, true)) with
        {
            // Who disputes it now endorses nothing in it.
            Endorsements = [.. k.Endorsements.Where(n => n.By != e.By)],
        },
        (Kept k, LearningRecordEndorsed e) =>
            k with { Endorsements = [.. k.Endorsements, new(e.By, e.Firm, e.SkillUri, e.At)], ChangedAt = e.At },
        (Kept k, LearningRecordVisibilityChanged e) => k with { Visibility = e.Visibility, ChangedAt = e.At },
        (Kept k, LearningRecordFileAttached e) => k with { Files = [.. k.Files, new(e.Address, e.Facts, e.At)], ChangedAt = e.At },
        (Kept k, LearningRecordOutsiderNamed e) => k with { Outsider = e.Name, ChangedAt = e.At },
        (Kept k, LearningRecordFileDetached e) => k with { Files = [.. k.Files.Where(f => f.Address != e.Address)], ChangedAt = e.At },
        _ => throw new UnreachableException(fact.GetType().Name),
    };

    private static Kept Said(Kept kept, Voice voice) => kept with
    {
        Voices = [.. kept.Voices.Select(v => v.Person == voice.Person ? v with { Stands = false } : v), voice],
        ChangedAt = voice.At,
    };
}

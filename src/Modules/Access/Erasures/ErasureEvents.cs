using System.Text.Json.Serialization;
using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Privacy;
using ClusterNet.Projections;

namespace ClusterNet.Access.Erasures;

/// <summary>The ground for erasure (Regulation (EU) 2016/679, Article 17(1)).</summary>
[JsonConverter(typeof(WireNameConverter<ErasureBasis>))]
internal enum ErasureBasis
{
    /// <summary>(a)</summary>
    [JsonStringEnumMemberName("no-longer-necessary")]
    NoLongerNecessary,

    /// <summary>(b)</summary>
    [JsonStringEnumMemberName("consent-withdrawn")]
    ConsentWithdrawn,

    /// <summary>(c)</summary>
    [JsonStringEnumMemberName("objection")]
    Objection,

    /// <summary>(d)</summary>
    [JsonStringEnumMemberName("unlawful-processing")]
    UnlawfulProcessing,

    /// <summary>(e)</summary>
    [JsonStringEnumMemberName("legal-obligation")]
    LegalObligation,
}

/// <summary>The steps after the order, in their order. Each may be repeated.</summary>
[JsonConverter(typeof(WireNameConverter<ErasureStep>))]
internal enum ErasureStep
{
    /// <summary>Roles, sign-in and whatever is under way end.</summary>
    [JsonStringEnumMemberName("close")]
    Close,

    /// <summary>The keys are destroyed, and the journal outside the databases remembers it.</summary>
    [JsonStringEnumMemberName("keys")]
    Keys,

    /// <summary>Read rows are folded anew, without what can no longer be opened.</summary>
    [JsonStringEnumMemberName("rows")]
    Rows,

    /// <summary>State that no event made is deleted.</summary>
    [JsonStringEnumMemberName("state")]
    State,

    /// <summary>The ciphertexts are forgotten too; their commitments stay.</summary>
    [JsonStringEnumMemberName("envelopes")]
    Envelopes,
}

internal abstract record PersonErasureEvent;

/// <param name="Classes">What is asked to be erased.</param>
/// <param name="By">The person, or an operator on the person's request.</param>
/// <param name="Reason">The operator's; nothing when the person asked.</param>
[StoredAs("person_erasure_requested")]
internal sealed record PersonErasureRequested(
    Id<Person> Person, ValueList<string> Classes, ErasureBasis Basis, Id<Person> By,
    [PersonalData(nameof(By), KeyClass.FreeText)] Personal<string> Reason, DateTimeOffset At) : PersonErasureEvent;

/// <summary>What must still be kept, and why. Looked at again until nothing is held.</summary>
[StoredAs("person_erasure_held")]
internal sealed record PersonErasureHeld(ValueList<Hold> Holds, DateTimeOffset At) : PersonErasureEvent;

/// <summary>The order: from here on there is no way back. It names a pseudonym only, and is sealed in the log.</summary>
[StoredAs("person_erased")]
internal sealed record PersonErased(Id<Person> Person, ValueList<string> Classes, ErasureBasis Basis, DateTimeOffset At) : PersonErasureEvent;

/// <param name="Stores">What it came upon; a step that was repeated after a crash may count less.</param>
[StoredAs("person_erasure_step_taken")]
internal sealed record PersonErasureStepTaken(ErasureStep Step, ValueList<StoreCount> Stores, DateTimeOffset At) : PersonErasureEvent;

/// <param name="Recipients">To whom the data had been disclosed.</param>
/// <param name="UnreadableFrom">The day on which the last copy, in logs and backups of the databases, cannot be read any more.</param>
[StoredAs("person_erasure_completed")]
internal sealed record PersonErasureCompleted(ValueList<Recipient> Recipients, DateOnly UnreadableFrom, DateTimeOffset At) : PersonErasureEvent;

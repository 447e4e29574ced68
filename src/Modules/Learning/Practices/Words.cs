using System.Text.Json.Serialization;
using ClusterNet.Projections;

namespace ClusterNet.Learning.Practices;

/// <summary>What a practice does with knowledge: the four levels at which the firms of a cluster use it (DELOS).</summary>
[JsonConverter(typeof(WireNameConverter<UseLevel>))]
internal enum UseLevel
{
    /// <summary>Makes more of what is known already.</summary>
    [JsonStringEnumMemberName("leverage")]
    Leverage,

    /// <summary>Adds to what is known.</summary>
    [JsonStringEnumMemberName("expand")]
    Expand,

    /// <summary>Brings knowledge in from outside.</summary>
    [JsonStringEnumMemberName("bring-in")]
    BringIn,

    /// <summary>Finds out whether something fits.</summary>
    [JsonStringEnumMemberName("evaluate-fit")]
    EvaluateFit,
}

/// <summary>Where a practice stands.</summary>
[JsonConverter(typeof(WireNameConverter<PracticeStatus>))]
internal enum PracticeStatus
{
    /// <summary>Its author's alone.</summary>
    [JsonStringEnumMemberName("draft")]
    Draft,

    [JsonStringEnumMemberName("published")]
    Published,

    /// <summary>Nobody is to begin with it; who sees it reads why.</summary>
    [JsonStringEnumMemberName("withdrawn")]
    Withdrawn,
}

/// <summary>How far a firm has come with a practice.</summary>
[JsonConverter(typeof(WireNameConverter<UseStage>))]
internal enum UseStage
{
    [JsonStringEnumMemberName("trying")]
    Trying,

    [JsonStringEnumMemberName("adopted")]
    Adopted,

    /// <summary>In use, and changed to fit.</summary>
    [JsonStringEnumMemberName("adapted")]
    Adapted,

    [JsonStringEnumMemberName("given-up")]
    GivenUp,
}

/// <summary>What a firm says of the result.</summary>
[JsonConverter(typeof(WireNameConverter<UseVerdict>))]
internal enum UseVerdict
{
    [JsonStringEnumMemberName("too-early")]
    TooEarly,

    [JsonStringEnumMemberName("worked")]
    Worked,

    [JsonStringEnumMemberName("partly")]
    Partly,

    [JsonStringEnumMemberName("did-not")]
    DidNot,
}

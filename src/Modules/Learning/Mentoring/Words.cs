using System.Text.Json.Serialization;
using ClusterNet.Projections;

namespace ClusterNet.Learning.Mentoring;

/// <summary>As what somebody helps others to learn.</summary>
[JsonConverter(typeof(WireNameConverter<MentorKind>))]
internal enum MentorKind
{
    /// <summary>Goes along with somebody's learning for a time.</summary>
    [JsonStringEnumMemberName("mentor")]
    Mentor,

    /// <summary>A volunteer on the spot, for a skill.</summary>
    [JsonStringEnumMemberName("peer-coach")]
    PeerCoach,
}

/// <summary>Whom somebody wants to mentor.</summary>
[JsonConverter(typeof(WireNameConverter<Reach>))]
internal enum Reach
{
    [JsonStringEnumMemberName("own-firm")]
    OwnFirm,

    /// <summary>As a mentor from outside the mentee's firm.</summary>
    [JsonStringEnumMemberName("other-firms")]
    OtherFirms,

    [JsonStringEnumMemberName("everybody")]
    Everybody,
}

/// <summary>How often the two meet.</summary>
[JsonConverter(typeof(WireNameConverter<Rhythm>))]
internal enum Rhythm
{
    [JsonStringEnumMemberName("weekly")]
    Weekly,

    [JsonStringEnumMemberName("fortnightly")]
    Fortnightly,

    [JsonStringEnumMemberName("monthly")]
    Monthly,

    /// <summary>As it comes: nobody is reminded.</summary>
    [JsonStringEnumMemberName("free")]
    Free,
}

[JsonConverter(typeof(WireNameConverter<PairStatus>))]
internal enum PairStatus
{
    /// <summary>Somebody has still to accept.</summary>
    [JsonStringEnumMemberName("asked")]
    Asked,

    [JsonStringEnumMemberName("active")]
    Active,

    [JsonStringEnumMemberName("declined")]
    Declined,

    [JsonStringEnumMemberName("withdrawn")]
    Withdrawn,

    [JsonStringEnumMemberName("ended")]
    Ended,
}

[JsonConverter(typeof(WireNameConverter<SessionStatus>))]
internal enum SessionStatus
{
    [JsonStringEnumMemberName("planned")]
    Planned,

    [JsonStringEnumMemberName("cancelled")]
    Cancelled,

    [JsonStringEnumMemberName("held")]
    Held,
}

internal static class Rhythms
{
    /// <summary>The days between two sessions; null where there is no rhythm.</summary>
    public static int? DaysOf(Rhythm rhythm) => rhythm switch
    {
        Rhythm.Weekly => 7,
        Rhythm.Fortnightly => 14,
        Rhythm.Monthly => 31,
        _ => null,
    };
}

/// <summary>A session of two people, planned or held.</summary>
internal sealed class MentoringSession;

/// <summary>Somebody's call for the coordinator's help.</summary>
internal sealed class HelpCall;

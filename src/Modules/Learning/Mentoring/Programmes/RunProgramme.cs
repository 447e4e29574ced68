using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;

namespace ClusterNet.Learning.Mentoring.Programmes;

internal sealed record FoundProgramme(ProgrammeFounded Founded) : ICommand<Programme, ProgrammeEvent>
{
    public static readonly Refusal WrongPeriod = new("programme-period", "A programme ends after it begins, within three years. Correct the days.", 422);

    public Decision<ProgrammeEvent> Decide(Programme state)
    {
        if (state is not Programme.Absent) return Decision<ProgrammeEvent>.Nothing;
        return Founded.UntilDay <= Founded.FromDay || Founded.UntilDay > Founded.FromDay.AddYears(3) ? WrongPeriod : Founded;
    }
}

internal sealed record InviteToProgramme(Id<Person> Person, ProgrammePart Part, bool External, Id<Person> By, DateTimeOffset Now) : ICommand<Programme, ProgrammeEvent>
{
    public static readonly Refusal MentorsOnly = new("external-mentors-only", "People of no firm of the cluster take part as mentors. Invite this person as a mentor.", 422);

    public Decision<ProgrammeEvent> Decide(Programme state)
    {
        if (ProgrammeRules.Refuse(state, Person) is { } refusal) return refusal;
        if (External && Part == ProgrammePart.Mentee) return MentorsOnly;
        return (state as Programme.Kept)?.Find(Person) is { } known && (known.Joined || known.Part == Part)
            ? Decision<ProgrammeEvent>.Nothing
            : new ProgrammeInvited(Person, Part, External, By, Now);
    }
}

/// <param name="OfCluster">Works in a firm of the cluster; others need an invitation, and are what they were invited as.</param>
internal sealed record JoinProgramme(Id<Person> Person, ProgrammePart Part, bool OfCluster, DateTimeOffset Now) : ICommand<Programme, ProgrammeEvent>
{
    public static readonly Refusal InvitedAsOther = new("invited-as-other", "You were invited as a mentor from outside. Join as a mentor.", 422);

    public Decision<ProgrammeEvent> Decide(Programme state)
    {
        if (ProgrammeRules.Refuse(state, Person) is { } refusal) return refusal;
        var known = (state as Programme.Kept)?.Find(Person);
        if (known is null && !OfCluster) return ProgrammeRules.Unknown;
        if (known is { External: true } && known.Part != Part) return InvitedAsOther;
        return known is { Joined: true } && known.Part == Part ? Decision<ProgrammeEvent>.Nothing : new ProgrammeJoined(Person, Part, Now);
    }
}

internal sealed record LeaveProgramme(Id<Person> Person, DateTimeOffset Now) : ICommand<Programme, ProgrammeEvent>
{
    public Decision<ProgrammeEvent> Decide(Programme state) =>
        state is Programme.Kept k && k.Find(Person) is not null ? new ProgrammeLeft(Person, Now) : Decision<ProgrammeEvent>.Nothing;
}

internal sealed record ReviewProgramme(Id<Person> By, string Text, DateTimeOffset Now) : ICommand<Programme, ProgrammeEvent>
{
    public Decision<ProgrammeEvent> Decide(Programme state) => ProgrammeRules.Refuse(state, null) is { } refusal ? refusal : new ProgrammeReviewed(By, Text, Now);
}

internal sealed record EndProgramme(Id<Person> By, string Text, DateTimeOffset Now) : ICommand<Programme, ProgrammeEvent>
{
    public Decision<ProgrammeEvent> Decide(Programme state) => state switch
    {
        Programme.Kept { EndedAt: null } => new ProgrammeEnded(By, Text, Now),
        Programme.Kept => Decision<ProgrammeEvent>.Nothing,
        _ => ProgrammeRules.Unknown,
    };
}

internal static class ProgrammeRules
{
    public const int MaxMembers = 500;

    public static readonly Refusal Unknown = new(
        "programme-unknown", "There is no such mentoring programme for you. Read the programmes of your cluster.", 404);

    public static readonly Refusal Over = new("programme-over", "The programme has ended. Found a new one, or ask its coordinator.");

    public static readonly Refusal Full = new("programme-full", "A programme takes 500 people. Found a second one.");

    public static readonly Refusal NotInIt = new(
        "not-in-the-programme", "A pair is made of one who has joined as a mentor and one who has joined as a mentee. Invite them first.", 422);

    public static readonly Refusal PersonUnknown = new(
        "person-unknown", "Nobody with this id or address has an account. Open one for a mentor from outside, then invite.", 422);

    /// <param name="comes">Who would be one more.</param>
    public static Refusal? Refuse(Programme state, Id<Person>? comes) => state switch
    {
        Programme.Kept { EndedAt: not null } => Over,
        Programme.Kept k => comes is { } person && k.Find(person) is null && k.Members.Count >= MaxMembers ? Full : null,
        _ => Unknown,
    };
}

using ClusterNet.EventStore;

namespace ClusterNet.Skills.Audits;

/// <summary>What every audit keeps to, and how it says no.</summary>
internal static class AuditRules
{
    public const int MaxTitle = 120, MaxComment = 1000, MaxReason = 500, MaxProfiles = 10, MaxPeers = 10, MaxPeople = 2000, MaxDays = 366;

    public static readonly Refusal Unknown = new("audit-unknown", "There is no such skills audit. List yours with GET /api/v1/skills/audits.", 404);

    public static readonly Refusal NotRunner = new(
        "not-audit-lead", "Only who runs the audit does this: the firm's manager, or the cluster's coordinator. Ask them.", 403);

    public static readonly Refusal NotManager = new("not-firm-manager", "Only a manager of the firm decides this for the firm. Ask yours.", 403);

    public static readonly Refusal Ended = new("audit-ended", "This audit has ended. What it found can be read; nothing is changed any more.");

    public static readonly Refusal DeadlinePassed = new(
        "deadline-passed", "The audit's deadline has passed. Who runs it can move the deadline as long as it is not closed.");

    public static readonly Refusal NotInvited = new("firm-not-invited", "This firm was not asked to take part. Ask who runs the audit.", 404);

    public static readonly Refusal NotRated = new("person-not-rated", "This person is not rated in the audit. Read the audit to see who is.", 404);

    public static readonly Refusal PersonLeft = new(
        "person-left", "This person works in the firm no more and was taken out of the audit. Rate the others; nothing else is to do.");

    public static readonly Refusal NotRater = new(
        "not-a-rater", "You are not asked to rate this person. Peers are chosen by the person and the firm's manager.", 403);

    public static DateTimeOffset Latest(DateTimeOffset openedAt) => openedAt.AddDays(MaxDays);
}

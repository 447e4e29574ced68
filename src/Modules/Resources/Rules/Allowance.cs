namespace ClusterNet.Resources.Rules;

/// <summary>What a firm has of its part of the pool in the year of a session.</summary>
/// <param name="SessionCents">What the session is worth.</param>
/// <param name="Organises">The firm called the session, so that its free seats count for it already.</param>
internal sealed record Allowance(AllocationRule Rule, long EntitledCents, long UsedCents, long SessionCents, int SeatCount, bool Organises)
{
    public long LeftCents => EntitledCents - UsedCents;

    /// <summary>What seats of the session take of it.</summary>
    public long Takes(int seats) => Organises ? 0 : SessionCents * seats / SeatCount;

    public bool IsOver(int seats) => Takes(seats) > Math.Max(0, LeftCents);
}

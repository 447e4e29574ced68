namespace ClusterNet.Tests.Hosting;

/// <summary>A clock that runs like any other and can be put forward: what happens in a year is seen in seconds. Timers run on real time.</summary>
internal sealed class MovableClock : TimeProvider
{
    private long _ahead;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddTicks(Interlocked.Read(ref _ahead));

    /// <summary>Puts it forward to an instant, never back.</summary>
    public void MoveTo(DateTimeOffset instant)
    {
        if (instant - GetUtcNow() is { Ticks: > 0 } ahead) Interlocked.Add(ref _ahead, ahead.Ticks);
    }
}

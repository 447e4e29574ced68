namespace ClusterNet.Learning.Contracts;

/// <summary>A practice: what one site found out, described once for others to adopt or adapt.</summary>
public sealed class Practice
{
    private Practice()
    {
    }
}

/// <summary>A signal: a small piece of outside knowledge, with what it means for the firm.</summary>
public sealed class Signal
{
    private Signal()
    {
    }
}

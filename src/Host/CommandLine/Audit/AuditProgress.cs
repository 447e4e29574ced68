using System.Globalization;
using ClusterNet.Auditing;

namespace ClusterNet.Host.CommandLine.Audit;

/// <summary>How far a long check is, with its rate and the time left: one line that is overwritten on a terminal, else a line now and then.</summary>
internal sealed class AuditProgress(TextWriter output, bool terminal, TimeProvider clock, string noun) : IProgress<AuditStep>
{
    private static readonly TimeSpan OnTerminal = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan OnPaper = TimeSpan.FromSeconds(10);
    private readonly long _began = clock.GetTimestamp();
    private long _told = clock.GetTimestamp();
    private AuditStep _last;

    public static AuditProgress OnError(string noun) => new(Console.Error, !Console.IsErrorRedirected, TimeProvider.System, noun);

    public void Report(AuditStep value)
    {
        _last = value;
        if (clock.GetElapsedTime(_told) < (terminal ? OnTerminal : OnPaper)) return;
        _told = clock.GetTimestamp();
        var (line, rate) = (Line(value.Done), Rate(value.Done));
        if (rate > 0 && value.Total > value.Done) line += string.Create(CultureInfo.InvariantCulture, $" of {value.Total}, {TimeSpan.FromSeconds((value.Total - value.Done) / rate):hh\\:mm\\:ss} left");
        if (terminal) output.Write($"\r{line}   ");
        else output.WriteLine(line);
    }

    /// <summary>The last line.</summary>
    public void End()
    {
        if (terminal) output.Write('\r');
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Line(_last.Done)} in {clock.GetElapsedTime(_began).TotalSeconds:0.0} s              ").TrimEnd());
    }

    private string Line(long done) => string.Create(CultureInfo.InvariantCulture, $"{done} {noun} checked, {Rate(done):0}/s");

    private double Rate(long done) => clock.GetElapsedTime(_began).TotalSeconds is > 0 and var seconds ? done / seconds : 0;
}
